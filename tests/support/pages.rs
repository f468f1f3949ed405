//! The examples in a rule's page: little sites under `## Bad` and `## Good`.

/// One file of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub path: String,
    pub text: String,
}

/// One case: a site that must (bad) or must not (good) be reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    pub name: String,
    pub bad: bool,
    pub files: Vec<File>,
    /// What files become when all fixes are applied.
    pub fixed: Vec<File>,
}

/// Reads the cases of a page.
///
/// Panics with the line if a page is not in the form that CONTRIBUTING.md describes, so that no example is lost.
pub fn cases(page: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut section = String::new();
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading.trim().to_owned();
        } else if let Some(heading) = line.strip_prefix("### ") {
            if section == "Bad" || section == "Good" {
                cases.push(Case { name: heading.trim().to_owned(), bad: section == "Bad", ..Case::default() });
            }
        } else if let Some(info) = line.strip_prefix("~~~") {
            let mut text = String::new();
            loop {
                let (_, line) =
                    lines.next().unwrap_or_else(|| panic!("line {}: the fence is never closed", number + 1));
                if line == "~~~" {
                    break;
                }
                text.push_str(line);
                text.push('\n');
            }
            if section != "Bad" && section != "Good" {
                continue;
            }
            let (info, fixed) = info.strip_suffix(" fixed").map_or((info, false), |info| (info, true));
            let Some((_, path)) = info.split_once(' ') else {
                panic!("line {}: want `~~~language path` or `~~~language path fixed`, got {line:?}", number + 1)
            };
            let case =
                cases.last_mut().unwrap_or_else(|| panic!("line {}: a file before the first ### heading", number + 1));
            let file = File { path: path.to_owned(), text };
            if fixed { case.fixed.push(file) } else { case.files.push(file) }
        }
    }
    cases
}
