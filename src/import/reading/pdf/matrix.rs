//! Transformations of a PDF's plane: composed, inverted, and turned.

/// A transformation of the plane, as PDF writes it: `x' = ax + cy + e`, `y' = bx + dy + f` (ISO 32000-1, 8.3.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub [f32; 6]);

impl Matrix {
    /// The identity.
    pub(super) const NONE: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Returns this transformation followed by another.
    pub(super) fn then(self, after: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [k, l, m, n, o, p]) = (self.0, after.0);
        Matrix([a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p])
    }

    /// Returns the inverse of this transformation; `None` if it maps the plane to a line.
    pub(super) fn inverse(self) -> Option<Matrix> {
        let [a, b, c, d, e, f] = self.0;
        let area = a * d - b * c;
        (area.abs() > 1e-9).then(|| {
            let [a, b, c, d] = [d / area, -b / area, -c / area, a / area];
            Matrix([a, b, c, d, -(e * a + f * c), -(e * b + f * d)])
        })
    }

    /// Returns a rotation around the origin, counterclockwise.
    pub(super) fn turn(degrees: f32) -> Matrix {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Matrix([cos, sin, -sin, cos, 0.0, 0.0])
    }

    /// Returns where this transformation moves a point.
    pub(super) fn point(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// Returns by how much lengths grow, averaged over all directions.
    pub(super) fn scale(self) -> f32 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }
}

/// Returns an angle from -180 to 180 degrees.
pub(super) fn even(angle: f32) -> f32 {
    let angle = angle.rem_euclid(360.0);
    if angle > 180.0 { angle - 360.0 } else { angle }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_undoes_its_transformation() {
        let matrix = Matrix([2.0, 0.0, 0.0, 3.0, 5.0, 7.0]).then(Matrix::turn(30.0));
        let both = matrix.then(matrix.inverse().unwrap());
        assert!(both.0.iter().zip(Matrix::NONE.0).all(|(a, b)| (a - b).abs() < 1e-4), "{both:?}");
        assert_eq!(Matrix([1.0, 1.0, 1.0, 1.0, 0.0, 0.0]).inverse(), None);
        for (angle, expect) in [(190.0, -170.0), (-90.0, -90.0), (270.0, -90.0), (360.0, 0.0)] {
            assert!((even(angle) - expect).abs() < 1e-3, "{angle}");
        }
    }
}
