//! The short Markdown twin of the review, fit for a pull request.

use crate::network;
use crate::reproduce;
use crate::review::Review;
use crate::table::markdown_text;
use crate::tables;
use crate::warnings::warnings;

/// The summary.
pub fn summary(review: &Review) -> String {
    let manifest = &review.run.manifest;
    let mut text = format!(
        "# {}: one run, seed {}\n\nScenario `{}`, {} simulated, {} providers in all, stakesim {}.\n\n",
        markdown_text(&manifest.name),
        manifest.seed,
        manifest.scenario_digest,
        manifest.horizon,
        review.run.providers.len(),
        manifest.version
    );
    if !review.verdicts.rulings.is_empty() {
        text.push_str(&review.verdicts.to_markdown());
        text.push('\n');
    }
    text.push_str("## Read this first\n\n");
    for warning in warnings(review) {
        text.push_str(&format!("- {}\n", markdown_text(&warning)));
    }
    text.push_str("\n## Key indicators\n\n");
    text.push_str(
        &tables::indicators(review)
            .only(&["indicator", "value", "unit", "better"])
            .markdown(),
    );
    text.push_str("\n## Changed against the baseline\n\n");
    if manifest.changed.is_empty() {
        text.push_str("Nothing: these are the built-in baseline's parameters.\n");
    } else {
        text.push_str(&tables::changed(review).markdown());
    }
    text.extend(network::markdown(&manifest.name));
    text.push_str("\n## Where fees and emission went\n\n");
    text.push_str(&tables::sums(review).markdown());
    text.push_str("\n## Who earns\n\nHonest providers: return per year on hardware and bond, before tax; net in USD per GPU-day.\n\n");
    let columns = [
        "group",
        "providers",
        "median return",
        "p5",
        "p95",
        "losing money",
        "utilisation",
        "net",
    ];
    text.push_str(&tables::by_class(review).only(&columns).markdown());
    text.push_str(&format!(
        "\n## Reproduce\n\n```\n{}\n```\n\nEvent digest `{}`. The charts are in `plots/`, the review is `index.html`.\n",
        reproduce::run_command(manifest),
        manifest.digest
    ));
    text
}
