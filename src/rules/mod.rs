//! The rules, a file each, and the one table that names them all.

pub mod date;
pub mod front_matter;
pub mod link;
pub mod related;
pub mod residue;
pub mod site;
pub mod source;
pub mod suppression;

use crate::rule::Definition;

/// Every rule that is written in Rust, by group, then by name. Rules made of patterns come from the packs (see
/// [`crate::pattern`]).
pub static RULES: &[Definition] = &[
    Definition::of::<date::filename::Filename>(),
    Definition::of::<date::format::Format>(),
    Definition::of::<date::future::Future>(),
    Definition::of::<date::invalid::Invalid>(),
    Definition::of::<date::order::Order>(),
    Definition::of::<date::stale::Stale>(),
    Definition::of::<date::unchanged::Unchanged>(),
    Definition::of::<date::weekday::Weekday>(),
    Definition::of::<front_matter::byline::Byline>(),
    Definition::of::<front_matter::conflict::Conflict>(),
    Definition::of::<front_matter::deprecated::Deprecated>(),
    Definition::of::<front_matter::duplicate_key::DuplicateKey>(),
    Definition::of::<front_matter::echo::Echo>(),
    Definition::of::<front_matter::empty::Empty>(),
    Definition::of::<front_matter::fence::Fence>(),
    Definition::of::<front_matter::key_case::KeyCase>(),
    Definition::of::<front_matter::misread::Misread>(),
    Definition::of::<front_matter::missing::Missing>(),
    Definition::of::<front_matter::placeholder::Placeholder>(),
    Definition::of::<front_matter::required::Required>(),
    Definition::of::<front_matter::site_name::SiteName>(),
    Definition::of::<front_matter::syntax::Syntax>(),
    Definition::of::<front_matter::truncated::Truncated>(),
    Definition::of::<front_matter::r#type::Type>(),
    Definition::of::<front_matter::unknown_key::UnknownKey>(),
    Definition::of::<front_matter::value::Value>(),
    Definition::of::<link::anchor::Anchor>(),
    Definition::of::<link::broken::Broken>(),
    Definition::of::<link::case::Case>(),
    Definition::of::<link::empty::Empty>(),
    Definition::of::<link::hidden::Hidden>(),
    Definition::of::<link::image::Image>(),
    Definition::of::<link::insecure::Insecure>(),
    Definition::of::<link::own_origin::OwnOrigin>(),
    Definition::of::<link::placeholder::Placeholder>(),
    Definition::of::<link::undefined_reference::UndefinedReference>(),
    Definition::of::<link::unused_definition::UnusedDefinition>(),
    Definition::of::<related::broken::Broken>(),
    Definition::of::<related::count::Count>(),
    Definition::of::<related::hidden::Hidden>(),
    Definition::of::<related::one_way::OneWay>(),
    Definition::of::<related::repeated::Repeated>(),
    Definition::of::<related::itself::Itself>(),
    Definition::of::<related::title_differs::TitleDiffers>(),
    Definition::of::<related::unlinked::Unlinked>(),
    Definition::of::<residue::duplicate_paragraph::DuplicateParagraph>(),
    Definition::of::<residue::html_entity::HtmlEntity>(),
    Definition::of::<residue::invisible_character::InvisibleCharacter>(),
    Definition::of::<residue::markup::Markup>(),
    Definition::of::<residue::menu::Menu>(),
    Definition::of::<residue::mojibake::Mojibake>(),
    Definition::of::<residue::related_list::RelatedList>(),
    Definition::of::<residue::repeated::Repeated>(),
    Definition::of::<residue::second_article::SecondArticle>(),
    Definition::of::<residue::shortcode::Shortcode>(),
    Definition::of::<residue::title_repeated::TitleRepeated>(),
    Definition::of::<residue::tracking_parameter::TrackingParameter>(),
    Definition::of::<residue::truncated::Truncated>(),
    Definition::of::<site::duplicate_url::DuplicateUrl>(),
    Definition::of::<site::near_duplicate::NearDuplicate>(),
    Definition::of::<site::orphan::Orphan>(),
    Definition::of::<site::redirect_loop::RedirectLoop>(),
    Definition::of::<source::encoding::Encoding>(),
    Definition::of::<suppression::reason::Reason>(),
    Definition::of::<suppression::syntax::Syntax>(),
    Definition::of::<suppression::unknown_rule::UnknownRule>(),
    Definition::of::<suppression::unused::Unused>(),
];
