//! Who sets weights on which server in which epoch, as one line of text: `e0: all->s1; e1: B,C->s2; e2-20: all->s2, reset uid 3 at e20`.
//!
//! Parts are divided by semicolons. Each names its epochs, then moves and resets. Validators are letters or `all`; those that are not named
//! keep their weights, in every epoch. Servers are counted from one. A reset clears the bonds to a neuron before the epoch runs, in the
//! last epoch of its part unless it says `at` which. A text with any other word in it is none of these.

/// What changes before one epoch runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Validator (none for all of them) and server, from zero.
    pub moves: Vec<(Option<usize>, usize)>,
    /// Whether bonds are reset, and to which neuron if not to the first server.
    pub reset: Option<Option<usize>>,
}

/// More epochs than any schedule has.
const EPOCHS_MAX: usize = 10_000;

/// The changes of every epoch; none if the text is no schedule.
pub fn read(text: &str) -> Option<Vec<Changes>> {
    let mut epochs: Vec<Changes> = Vec::new();
    for part in text.split(';').filter(|part| !part.trim().is_empty()) {
        read_part(part, &mut epochs)?;
    }
    (!epochs.is_empty()).then_some(epochs)
}

fn read_part(part: &str, epochs: &mut Vec<Changes>) -> Option<()> {
    let spaced = part.replace("->", " -> ").replace("=>", " -> ");
    let spaced = spaced.replace('→', " -> ");
    let spaced = spaced
        .replace([',', ':', '(', ')', '&', '+'], " ")
        .to_lowercase();
    let mut words = spaced.split_whitespace().filter(|word| !is_filler(word));
    // A part that begins with a reset says itself when.
    let (first, last) = match words.clone().next()? {
        "reset" => (0, 0),
        _ => range(words.next()?)?,
    };
    if epochs.len() <= last {
        epochs.resize(last + 1, Changes::default());
    }
    let mut validators: Vec<Option<usize>> = Vec::new();
    while let Some(word) = words.next() {
        if word == "->" {
            let server = match words.next()? {
                "server" => number(words.next()?, "")?,
                word => number(word, "server").or_else(|| number(word, "s"))?,
            };
            let server = server.checked_sub(1)?;
            if validators.is_empty() {
                return None;
            }
            for epoch in &mut epochs[first..=last] {
                epoch
                    .moves
                    .extend(validators.iter().map(|one| (*one, server)));
            }
            validators.clear();
        } else if word == "reset" {
            let mut neuron = None;
            let mut at = last;
            let mut rest = words.clone();
            while let Some(word) = rest.next() {
                match word {
                    "uid" => neuron = Some(number(rest.next()?, "")?),
                    "at" => at = number(rest.next()?, "e")?,
                    _ => break,
                }
                words = rest.clone();
            }
            if epochs.len() <= at && at < EPOCHS_MAX {
                epochs.resize(at + 1, Changes::default());
            }
            epochs.get_mut(at)?.reset = Some(neuron);
        } else if word == "all" {
            validators.push(None);
        } else {
            let letter = word.bytes().next().filter(|_| word.len() == 1)?;
            let is_letter = letter.is_ascii_lowercase();
            validators.push(Some(is_letter.then(|| usize::from(letter - b'a'))?));
        }
    }
    validators.is_empty().then_some(())
}

fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "epoch"
            | "epochs"
            | "bonds"
            | "of"
            | "for"
            | "validators"
            | "validator"
            | "end"
            | "and"
            | "then"
    )
}

/// One epoch, or the first and last of several.
fn range(word: &str) -> Option<(usize, usize)> {
    let (first, last) = word
        .split_once("..")
        .or_else(|| word.split_once('-'))
        .unwrap_or((word, word));
    let (first, last) = (number(first, "e")?, number(last, "e")?);
    (first <= last && last < EPOCHS_MAX).then_some((first, last))
}

fn number(word: &str, prefix: &str) -> Option<usize> {
    word.strip_prefix(prefix).unwrap_or(word).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_read_part_by_part() {
        let epochs = read("e0: all->s1; epoch 1: B,C -> s2; 2-4: all->s2 (reset bonds of uid 3 at e3); 5: a->s1 b->s2").unwrap();
        assert_eq!(epochs.len(), 6);
        assert_eq!(epochs[0].moves, [(None, 0)]);
        assert_eq!(epochs[1].moves, [(Some(1), 1), (Some(2), 1)]);
        assert_eq!(epochs[3].reset, Some(Some(3)));
        assert_eq!([2, 4].map(|at| epochs[at].reset), [None, None]);
        assert_eq!(epochs[5].moves, [(Some(0), 0), (Some(1), 1)]);
        let epochs = read("e0: all->server1; e1..2: A and B => s2; reset uid 3 at e4").unwrap();
        assert_eq!((epochs.len(), epochs[4].reset), (5, Some(Some(3))));
        assert_eq!(epochs[2].moves, [(Some(0), 1), (Some(1), 1)]);
        let epochs = read("e0: all -> server 1; e2: end").unwrap();
        assert_eq!((epochs.len(), &epochs[0].moves[..]), (3, &[(None, 0)][..]));
    }

    #[test]
    fn other_texts_are_no_schedule() {
        for text in [
            "",
            "as upstream",
            "e0: all",
            "e0: all->s0",
            "e5-2: all->s1",
            "e99999999: all->s1",
            "0: A copies",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
