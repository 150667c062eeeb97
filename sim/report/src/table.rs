//! A table before it is HTML or Markdown.

use crate::kit::number;
use crate::markup::escape;

/// A table with a caption. Its titles are texts of any kind: fixed ones mostly, made-up ones where columns are settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T = &'static str> {
    /// What it holds, with what a reader must know to read it.
    pub caption: T,
    /// Column titles; the first column names the row.
    pub columns: Vec<T>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    text: String,
    /// What it is sorted by; text is sorted as text.
    number: Option<f64>,
    /// Class in the style sheet, which adds to what the text says.
    class: Option<&'static str>,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            number: None,
            class: None,
        }
    }

    /// A whole number.
    #[must_use]
    pub fn count(value: usize) -> Self {
        Self {
            text: number::whole(value as u64),
            number: Some(value as f64),
            class: None,
        }
    }

    /// Three digits and a prefix.
    #[must_use]
    pub fn short(value: f64) -> Self {
        Self {
            text: number::short(value),
            number: Some(value),
            class: None,
        }
    }

    /// A share as a percentage.
    #[must_use]
    pub fn percent(value: f64) -> Self {
        Self {
            text: number::percent(value),
            number: Some(value),
            class: None,
        }
    }

    /// A number with fixed decimals.
    #[must_use]
    pub fn fixed(value: f64, decimals: usize) -> Self {
        Self {
            text: number::fixed(value, decimals),
            number: Some(value),
            class: None,
        }
    }

    /// A number in a spelling of its own.
    pub fn spelled(value: f64, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            number: Some(value),
            class: None,
        }
    }

    /// The cell with a class of the style sheet.
    #[must_use]
    pub fn with_class(self, class: &'static str) -> Self {
        Self {
            class: Some(class),
            ..self
        }
    }
}

impl<T: AsRef<str> + Clone> Table<T> {
    /// The table as HTML.
    #[must_use]
    pub fn html(&self) -> String {
        if self.rows.is_empty() {
            return format!(
                "<p class=\"none\">{}: nothing in this run.</p>\n",
                escape(self.caption.as_ref())
            );
        }
        let mut html = format!(
            "<div class=\"wide\"><table>\n<caption>{}</caption>\n<thead><tr>",
            escape(self.caption.as_ref())
        );
        for (index, column) in self.columns.iter().enumerate() {
            let class = if self.is_numeric(index) {
                " class=\"n\""
            } else {
                ""
            };
            html.push_str(&format!(
                "<th{class} scope=\"col\"><button type=\"button\">{}</button></th>",
                escape(column.as_ref())
            ));
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            html.push_str("<tr>");
            for cell in row {
                html.push_str(&cell.html());
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody></table></div>\n");
        html
    }

    /// The table as Markdown, without its caption.
    #[must_use]
    pub fn markdown(&self) -> String {
        let titles: Vec<String> = self
            .columns
            .iter()
            .map(|title| markdown_text(title.as_ref()))
            .collect();
        let mut text = format!("| {} |\n|", titles.join(" | "));
        for index in 0..self.columns.len() {
            text.push_str(if self.is_numeric(index) {
                "---:|"
            } else {
                "---|"
            });
        }
        text.push('\n');
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| markdown_text(&cell.text)).collect();
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        text
    }

    /// The table with only the named columns, in their order here.
    #[must_use]
    pub fn only(&self, names: &[&str]) -> Self {
        let kept: Vec<usize> = (0..self.columns.len())
            .filter(|&index| names.contains(&self.columns[index].as_ref()))
            .collect();
        let pick = |row: &Vec<Cell>| kept.iter().map(|&index| row[index].clone()).collect();
        Self {
            caption: self.caption.clone(),
            columns: kept
                .iter()
                .map(|&index| self.columns[index].clone())
                .collect(),
            rows: self.rows.iter().map(pick).collect(),
        }
    }

    fn is_numeric(&self, column: usize) -> bool {
        self.rows
            .iter()
            .any(|row| row.get(column).is_some_and(|cell| cell.number.is_some()))
    }
}

impl Cell {
    fn html(&self) -> String {
        match self.number {
            Some(number) if number.is_finite() => {
                format!(
                    "<td class=\"n\" data-v=\"{number}\">{}</td>",
                    escape(&self.text)
                )
            }
            Some(_) => format!("<td class=\"n\">{}</td>", escape(&self.text)),
            None => match self.class {
                Some(class) => format!("<td class=\"{class}\">{}</td>", escape(&self.text)),
                None => format!("<td>{}</td>", escape(&self.text)),
            },
        }
    }
}

/// Escapes what Markdown would read as markup in a table cell.
pub fn markdown_text(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' => escaped.extend(['\\', letter]),
            '\n' | '\r' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            caption: "c",
            columns: vec!["who", "share", "count"],
            rows: vec![vec![
                Cell::text("a|<b>"),
                Cell::percent(0.125),
                Cell::count(1_200),
            ]],
        }
    }

    #[test]
    fn a_cell_is_sorted_by_its_value_and_not_by_its_spelling() {
        let html = table().html();
        assert!(html.contains("<td class=\"n\" data-v=\"0.125\">12.5 %</td>"));
        assert!(html.contains("<td>a|&lt;b&gt;</td>"));
    }

    #[test]
    fn markdown_keeps_cells_apart_and_aligns_numbers() {
        assert_eq!(
            table().only(&["share", "who"]).markdown(),
            "| who | share |\n|---|---:|\n| a\\|&lt;b> | 12.5 % |\n"
        );
    }
}
