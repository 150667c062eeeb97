//! What a preset plays of the live network it stands for, what it leaves out, and where the rules come from: the same that
//! `stakesim show networks` says. A scenario is taken for a preset by its name.

use experiment::networks::{self, Network};

use crate::markup::escape;
use crate::table::markdown_text;

/// The preset of a scenario's name.
fn preset(name: &str) -> Option<Network> {
    networks::all()
        .into_iter()
        .find(|network| network.id == name)
}

/// A part's heading and what it lists.
fn parts(network: &Network) -> [(&'static str, &[String]); 3] {
    [
        ("Played as there", &network.reproduced),
        ("Left out, or otherwise here", &network.not_reproduced),
        ("Sources", &network.sources),
    ]
}

fn sentence(network: &Network) -> String {
    format!(
        "This scenario has the name of a preset, {}: the token rules of {} over our fleet and demand. What a run set on top of it stands among the changed \
         parameters.",
        network.preset, network.name
    )
}

/// The chapter's body; nothing for a scenario that is no preset.
pub fn html(name: &str) -> Option<String> {
    let network = preset(name)?;
    let list = |(heading, items): (&str, &[String])| {
        let items = items
            .iter()
            .map(|item| format!("<li>{}</li>\n", escape(item)));
        format!(
            "<h3>{heading}</h3>\n<ul>\n{}</ul>\n",
            items.collect::<String>()
        )
    };
    let lists: String = parts(&network).into_iter().map(list).collect();
    Some(format!("<p>{}</p>\n{lists}", escape(&sentence(&network))))
}

/// The same for the summary.
pub fn markdown(name: &str) -> Option<String> {
    let network = preset(name)?;
    let list = |(heading, items): (&str, &[String])| {
        let items = items
            .iter()
            .map(|item| format!("- {}\n", markdown_text(item)));
        format!("\n### {heading}\n\n{}", items.collect::<String>())
    };
    let lists: String = parts(&network).into_iter().map(list).collect();
    Some(format!(
        "\n## The live network\n\n{}\n{lists}",
        markdown_text(&sentence(&network))
    ))
}
