//! The chart: compute units by how many there are of what grows.

use {
    plotters::prelude::*,
    std::{error::Error, path::Path},
};

/// A line: its name in the chart, compute units by how many there are, its color.
pub struct Line {
    pub name: &'static str,
    pub points: Vec<(u64, u64)>,
    pub color: RGBColor,
}

pub fn draw(lines: &[Line], path: &Path) -> Result<(), Box<dyn Error>> {
    let paper = SVGBackend::new(path, (820, 520)).into_drawing_area();
    paper.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&paper)
        .caption("Compute units, as things grow", ("sans-serif", 18))
        .margin(16)
        .margin_right(40)
        .x_label_area_size(40)
        .y_label_area_size(80)
        .build_cartesian_2d(
            (1f64..100_000f64).log_scale(),
            (1_000f64..1_000_000f64).log_scale(),
        )?;
    let whole = |number: &f64| crate::grouped(number.round() as u64);
    chart
        .configure_mesh()
        .x_desc("how many there are")
        .y_desc("compute units")
        .x_label_formatter(&whole)
        .y_label_formatter(&whole)
        .draw()?;
    for line in lines {
        let points = line.points.iter().map(|(x, y)| (*x as f64, *y as f64));
        let points: Vec<(f64, f64)> = points.collect();
        let style = line.color.stroke_width(2);
        chart
            .draw_series(LineSeries::new(points.iter().copied(), style))?
            .label(line.name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], style));
        chart.draw_series(
            points
                .into_iter()
                .map(|point| Circle::new(point, 3, line.color.filled())),
        )?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .border_style(BLACK.mix(0.3))
        .background_style(WHITE)
        .draw()?;
    paper.present()?;
    Ok(())
}
