//! Line charts as inline SVG, by plotters: one for phones and one for wide screens, so
//! that text keeps its size. Colours are the page's variables. Floating point serves for
//! places on the paper only; every figure stands beside in exact decimals.

use {
    crate::error::{Result, ViewError},
    maud::{Markup, PreEscaped, html},
    plotters::prelude::*,
    std::fmt::Display,
};

/// plotters draws on whole units: so many of them are a pixel, and lines stay straight.
const UNIT: u32 = 8;
/// A chart on a phone.
const NARROW: (u32, u32) = (320 * UNIT, 210 * UNIT);
/// A chart on a wide screen.
const WIDE: (u32, u32) = (760 * UNIT, 260 * UNIT);

/// What a chart is drawn with: a colour that nothing else has, and the page's variable
/// that takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Words and axes.
    Text,
    /// Lines behind.
    Grid,
    /// The main line.
    First,
    /// What it is compared with.
    Second,
}

impl Ink {
    const ALL: [Ink; 4] = [Ink::Text, Ink::Grid, Ink::First, Ink::Second];

    fn color(self) -> RGBColor {
        let number = match self {
            Ink::Text => 1,
            Ink::Grid => 2,
            Ink::First => 3,
            Ink::Second => 4,
        };
        RGBColor(1, 0, number)
    }

    fn written(self) -> String {
        let RGBColor(red, green, blue) = self.color();
        format!("#{red:02X}{green:02X}{blue:02X}")
    }

    fn variable(self) -> &'static str {
        match self {
            Ink::Text => "var(--soft)",
            Ink::Grid => "var(--line)",
            Ink::First => "var(--accent)",
            Ink::Second => "var(--soft)",
        }
    }
}

/// A line.
pub struct Line {
    /// What it is.
    pub what: &'static str,
    /// Its colour.
    pub ink: Ink,
    /// Whether the area below it is filled.
    pub filled: bool,
    /// Its points, from left to right.
    pub points: Vec<(f64, f64)>,
}

/// A chart.
pub struct Chart {
    /// What it shows, for those who do not see it, too.
    pub title: String,
    /// Its lines; those behind first.
    pub lines: Vec<Line>,
    /// How places on the horizontal axis read.
    pub x: fn(f64) -> String,
}

impl Chart {
    /// The chart with its legend.
    pub fn draw(&self) -> Result<Markup> {
        let wide = self.svg(WIDE, "wide")?;
        let narrow = self.svg(NARROW, "narrow")?;
        Ok(html! {
            figure {
                figcaption { (crate::sanitize::visible(&self.title)) }
                (wide) (narrow)
                ul.legend {
                    @for line in &self.lines {
                        li { span class={ "stroke " (class(line.ink)) } {} (line.what) }
                    }
                }
            }
        })
    }

    fn svg(&self, size: (u32, u32), class: &str) -> Result<Markup> {
        let mut svg = String::new();
        self.paint(&mut svg, size).map_err(undrawn)?;
        for ink in Ink::ALL {
            svg = svg.replace(&ink.written(), ink.variable());
        }
        // Its own head has fixed pixels and no name.
        let inner = svg.split_once('>').map_or("", |(_, rest)| rest);
        let inner = inner.trim().strip_suffix("</svg>").unwrap_or(inner);
        let (width, height) = size;
        let title = crate::sanitize::visible(&self.title);
        Ok(html! {
            svg class={ "chart " (class) } viewBox={ "0 0 " (width) " " (height) } role="img" {
                title { (title) }
                (PreEscaped(inner))
            }
        })
    }

    fn paint(&self, svg: &mut String, size: (u32, u32)) -> Result<(), Box<dyn std::error::Error>> {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let most = |of: fn(&(f64, f64)) -> f64| points().map(of).fold(f64::MIN, f64::max);
        let (right, top) = (most(|point| point.0), most(|point| point.1));
        let left = points().map(|point| point.0).fold(f64::MAX, f64::min);
        let (left, right) = if left > right {
            (0.0, 1.0)
        } else {
            (left, right)
        };
        let right = if right > left { right } else { left + 1.0 };
        let top = if top > 0.0 { top * 1.08 } else { 1.0 };
        let narrow = size == NARROW;
        let area = SVGBackend::with_string(svg, size).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin_top(8 * UNIT)
            .margin_right(if narrow { 26 * UNIT } else { 36 * UNIT })
            .x_label_area_size(28 * UNIT)
            .y_label_area_size(if narrow { 46 * UNIT } else { 58 * UNIT })
            .build_cartesian_2d(left..right, 0.0..top)?;
        let ink = Ink::Text.color();
        let text = ("sans-serif", 16 * UNIT).into_font().color(&ink);
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(Ink::Grid.color().stroke_width(UNIT))
            .axis_style(Ink::Grid.color().stroke_width(UNIT))
            .set_all_tick_mark_size(5 * UNIT)
            .x_labels(if narrow { 4 } else { 7 })
            .y_labels(5)
            .label_style(text)
            .x_label_formatter(&|x| (self.x)(*x))
            .y_label_formatter(&|y| brief(*y))
            .draw()?;
        for line in &self.lines {
            let color = line.ink.color();
            let points = || line.points.iter().copied();
            if line.filled {
                chart.draw_series(AreaSeries::new(points(), 0.0, color.mix(0.16)))?;
            }
            chart.draw_series(LineSeries::new(points(), color.stroke_width(2 * UNIT)))?;
        }
        area.present()?;
        Ok(())
    }
}

fn class(ink: Ink) -> &'static str {
    match ink {
        Ink::First => "first",
        _ => "second",
    }
}

fn undrawn(error: impl Display) -> ViewError {
    ViewError::Chart(error.to_string())
}

/// A place on an axis, briefly: `1.5M`, `20k`, `0.25`.
pub fn brief(value: f64) -> String {
    let (scaled, unit) = match value.abs() {
        size if size >= 1e12 => (value / 1e12, "T"),
        size if size >= 1e9 => (value / 1e9, "B"),
        size if size >= 1e6 => (value / 1e6, "M"),
        size if size >= 1e4 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let places = match scaled.abs() {
        size if size >= 100.0 || size == 0.0 => 0,
        size if size >= 1.0 => 2,
        size if size >= 0.01 => 4,
        _ => 9,
    };
    let text = format!("{scaled:.places$}");
    let text = match text.split_once('.') {
        Some(_) => text.trim_end_matches('0').trim_end_matches('.'),
        None => &text,
    };
    format!("{text}{unit}")
}

/// An amount's place on paper.
pub fn place(amount: &upside_core::inspect::Amount) -> f64 {
    amount.to_string().parse().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_read_briefly() {
        for (value, text) in [
            (0.0, "0"),
            (0.25, "0.25"),
            (0.000_001, "0.000001"),
            (7.5, "7.5"),
            (2_000.0, "2000"),
            (20_000.0, "20k"),
            (1_500_000.0, "1.5M"),
            (2e9, "2B"),
        ] {
            assert_eq!(brief(value), text);
        }
    }

    #[test]
    fn a_chart_is_named_and_has_no_colours_of_its_own() {
        let chart = Chart {
            title: "<b>Payout</b>".to_string(),
            lines: vec![Line {
                what: "payout",
                ink: Ink::First,
                filled: true,
                points: vec![(0.0, 0.0), (50.0, 20.0), (100.0, 100.0)],
            }],
            x: |x| format!("{x} %"),
        };
        let drawn = chart.draw().unwrap().into_string();
        assert_eq!(drawn.matches("<svg").count(), 2);
        assert!(drawn.contains("<title>&lt;b&gt;Payout&lt;/b&gt;</title>"));
        assert!(drawn.contains("var(--accent)") && drawn.contains("var(--soft)"));
        assert!(!drawn.contains("=\"#"), "{drawn}");
        assert!(
            drawn.contains("50 %") && drawn.contains("polyline"),
            "{drawn}"
        );
    }

    #[test]
    fn one_point_and_nothing_are_drawn_too() {
        for points in [vec![(0.0, 0.0)], vec![]] {
            let line = Line {
                what: "x",
                ink: Ink::Second,
                filled: false,
                points,
            };
            let chart = Chart {
                title: "x".to_string(),
                lines: vec![line],
                x: brief,
            };
            assert!(chart.draw().is_ok());
        }
    }
}
