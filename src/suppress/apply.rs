//! Takes out the findings that comments suppress, and reports on the comments.

use std::collections::HashMap;
use std::sync::Arc;

use super::read::meant_rule;
use super::target::Target;
use super::{Directive, Name, Scope, Suppressions};
use crate::config::{FilePlan, Plan};
use crate::finding::{Edit, Finding, Fix};
use crate::rule::{Define, Sink};
use crate::rules::suppression::{reason::Reason, syntax::Syntax, unknown_rule::UnknownRule, unused::Unused};
use crate::site::Site;

/// Takes the suppressed ones out of `findings`, adds what there is to say about the comments of each article, and says how
/// many were taken out. What comes of it is not sorted.
pub fn apply(
    findings: &mut Vec<Finding>,
    mut suppressions: HashMap<Arc<str>, Suppressions>,
    plan: &Plan,
    site: &Site,
) -> usize {
    if suppressions.is_empty() {
        return 0;
    }
    let before = findings.len();
    let kept = |finding: &Finding, all: &mut HashMap<Arc<str>, Suppressions>| {
        all.get_mut(&finding.path).is_none_or(|own| !own.suppress(&finding.rule, finding.span.start))
    };
    findings.retain(|finding| kept(finding, &mut suppressions));
    let mut suppressed = before - findings.len();
    let mut said = Vec::new();
    for (path, own) in &mut suppressions {
        let unanswered: Vec<usize> = site.at(path).map_or_else(Vec::new, |facts| site.unanswered(facts).collect());
        suppressed += own.speak(path, plan, &unanswered, &mut said);
    }
    findings.append(&mut said);
    suppressed
}

impl Suppressions {
    /// Whether a finding of `rule` that begins at byte `at` is suppressed; if so, notes by which name.
    fn suppress(&mut self, rule: &str, at: usize) -> bool {
        let Some((directive, name)) = self.by(rule, at) else { return false };
        self.directives[directive].names[name].used = true;
        true
    }

    /// The directive and the name in it that suppress `rule` at byte `at`: of several the one with the smallest scope.
    pub(super) fn by(&self, rule: &str, at: usize) -> Option<(usize, usize)> {
        let mut region = None;
        let mut file = None;
        for (index, directive) in self.directives.iter().enumerate() {
            let Some(name) = directive.names.iter().position(|name| name.target.covers(rule)) else { continue };
            match directive.scope {
                Scope::Lines(lines) if lines.start <= at && at < lines.end => return Some((index, name)),
                Scope::Lines(_) => {}
                Scope::From(start) if start <= at => region = Some((index, name)),
                Scope::UpTo(end) if end <= at => region = None,
                Scope::From(_) | Scope::UpTo(_) => {}
                Scope::File => file = file.or(Some((index, name))),
            }
        }
        region.or(file)
    }

    /// Reports on the comments, and says how much of that is itself suppressed. At each of the places `unanswered` a rule on what
    /// other sites answer may have something to say once they are asked.
    fn speak(&mut self, path: &Arc<str>, plan: &Plan, unanswered: &[usize], findings: &mut Vec<Finding>) -> usize {
        let file = plan.for_path(path);
        let mut said = Vec::new();
        self.report_slips(path, &file, &mut said);
        self.report_names(path, &file, plan, &mut said);
        self.report_reasons(path, &file, &mut said);
        let open: Vec<(&str, usize)> =
            file.web_rules().flat_map(|rule| unanswered.iter().map(move |at| (rule, *at))).collect();
        let can_tell = |directive: &Directive, target: &Target| match target {
            Target::Unknown(_) => false,
            Target::Rule(id) if !file.has(id, &plan.scanner) => false,
            _ => !open.iter().any(|(rule, at)| target.covers(rule) && directive.scope.may_hold(*at)),
        };
        self.report_unused(path, &file, &can_tell, &mut said, false);
        let all = said.len();
        said.retain(|finding| !self.suppress(&finding.rule, finding.span.start));
        let suppressed = all - said.len();
        // Only now is it known which comments about comments are needed.
        self.report_unused(path, &file, &can_tell, &mut said, true);
        findings.append(&mut said);
        suppressed
    }

    fn report_slips(&self, path: &Arc<str>, file: &FilePlan, said: &mut Vec<Finding>) {
        let Some(level) = file.suppression.syntax else { return };
        let mut sink = Sink::new(said, Syntax::META.id, level, path);
        for slip in &self.slips {
            let finding = sink.report(slip.keyword, "this comment is none that copydesk understands");
            finding.help(match slip.meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "write `copydesk-disable-next-line`, `-disable-line`, `-disable`, `-enable` or `-disable-file`"
                    .to_owned(),
            });
        }
    }

    fn report_names(&self, path: &Arc<str>, file: &FilePlan, plan: &Plan, said: &mut Vec<Finding>) {
        let Some(level) = file.suppression.unknown_rule else { return };
        let mut sink = Sink::new(said, UnknownRule::META.id, level, path);
        for directive in &self.directives {
            let unknown = |target: &Target| matches!(target, Target::Unknown(_));
            for (index, name) in directive.names.iter().enumerate() {
                let Target::Unknown(text) = &name.target else { continue };
                let after = &directive.names[index..];
                if after.len() > 1
                    && !text.contains('/')
                    && !directive.has_reason
                    && after.iter().all(|n| unknown(&n.target))
                {
                    // A sentence.
                    let span = name.span.to(after[after.len() - 1].span);
                    sink.report(span, format!("`{text}` is no rule")).help("write a colon before the reason");
                    break;
                }
                let finding = sink.report(name.span, format!("there is no rule `{text}`"));
                match meant_rule(text, &plan.scanner) {
                    Some(meant) => {
                        let edit = Edit::replace(name.span, meant);
                        finding.help(format!("did you mean `{meant}`?"));
                        finding.fix(Fix::risky(format!("write `{meant}`"), [edit]));
                    }
                    None => {
                        finding.help("`copydesk rules` lists all rules; a reason stands behind a colon");
                    }
                }
            }
        }
    }

    fn report_reasons(&self, path: &Arc<str>, file: &FilePlan, said: &mut Vec<Finding>) {
        let Some((level, reason)) = &file.suppression.reason else { return };
        let mut sink = Sink::new(said, Reason::META.id, *level, path);
        let disabling = self.directives.iter().filter(|one| !matches!(one.scope, Scope::UpTo(_)) && !one.has_reason);
        for directive in disabling {
            if directive.names.iter().any(|name| reason.wanted_for(name.target.name())) {
                let finding = sink.report(directive.comment, "this suppression gives no reason");
                finding.help("write a colon and the reason at its end");
            }
        }
    }

    /// Reports what is not needed, of comments about comments or of all others, where `can_tell` says that this is known.
    fn report_unused(
        &mut self,
        path: &Arc<str>,
        file: &FilePlan,
        can_tell: &dyn Fn(&Directive, &Target) -> bool,
        said: &mut Vec<Finding>,
        about: bool,
    ) {
        let Some(level) = file.suppression.unused else { return };
        self.note_needed_ends();
        let mut sink = Sink::new(said, Unused::META.id, level, path);
        for directive in &self.directives {
            let is_unused = |name: &&Name| !name.used && can_tell(directive, &name.target);
            let unused: Vec<_> = directive.names.iter().filter(is_unused).collect();
            let about_comments = directive.names.iter().any(|name| name.target.is_about_suppressions());
            if unused.is_empty() || about_comments != about {
                continue;
            }
            if unused.len() == directive.names.len() {
                let finding = sink.report(directive.comment, directive.why_unused());
                finding.help("delete the comment").fix(directive.deletion());
                continue;
            }
            for name in unused {
                let text = name.target.name().unwrap_or("all");
                let finding = sink.report(name.span, format!("`{text}` has nothing to say here"));
                finding.help("take it out of the comment");
                finding.fix(Fix::safe(format!("take `{text}` out of the comment"), [Edit::delete(name.removal)]));
            }
        }
    }

    /// A `-enable` is needed if it ends something, whether or not that suppressed anything.
    fn note_needed_ends(&mut self) {
        let mut open: Vec<Target> = Vec::new();
        for directive in &mut self.directives {
            match directive.scope {
                Scope::From(_) => open.extend(directive.names.iter().map(|name| name.target.clone())),
                Scope::UpTo(_) => {
                    for name in &mut directive.names {
                        name.used = open.iter().any(|target| target.meets(&name.target));
                        open.retain(|target| *target != name.target && name.target != Target::All);
                    }
                }
                Scope::File | Scope::Lines(_) => {}
            }
        }
    }
}

impl Scope {
    /// Whether byte `at` may lie within it: a region may end before.
    fn may_hold(self, at: usize) -> bool {
        match self {
            Self::File => true,
            Self::Lines(lines) => lines.start <= at && at < lines.end,
            Self::From(start) => start <= at,
            Self::UpTo(_) => false,
        }
    }
}

impl Directive {
    fn why_unused(&self) -> String {
        if matches!(self.scope, Scope::UpTo(_)) {
            return "nothing was disabled before this comment".to_owned();
        }
        let names: Vec<String> =
            self.names.iter().filter_map(|name| name.target.name()).map(|name| format!("`{name}`")).collect();
        match names.as_slice() {
            [] => "no rule has anything to say here: nothing is suppressed".to_owned(),
            names => format!("this suppression of {} suppresses nothing", names.join(", ")),
        }
    }

    fn deletion(&self) -> Fix {
        let edits = [Edit::delete(self.removal)];
        let title = "delete the comment";
        if self.clean { Fix::safe(title, edits) } else { Fix::risky(title, edits) }
    }
}
