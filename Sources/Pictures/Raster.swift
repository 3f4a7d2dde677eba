/// 点阵。Red, green and blue of each pixel, row by row from the top.
struct Raster: Hashable, Sendable {
    let width: Int
    let height: Int
    /// Three bytes a pixel.
    let pixels: [UInt8]

    /// Fits both ways into `edge`, each pixel the mean of those it stands for. A smaller picture stays as it is.
    func shrunk(to edge: Int) -> Raster {
        let longest = max(width, height)
        guard longest > edge else { return self }
        let newWidth = max(1, width * edge / longest), newHeight = max(1, height * edge / longest)
        var small = [UInt8](repeating: 0, count: newWidth * newHeight * 3)
        for y in 0 ..< newHeight {
            let rows = y * height / newHeight ..< max((y + 1) * height / newHeight, y * height / newHeight + 1)
            for x in 0 ..< newWidth {
                let columns = x * width / newWidth ..< max((x + 1) * width / newWidth, x * width / newWidth + 1)
                mean(rows, columns, into: &small, at: (y * newWidth + x) * 3)
            }
        }
        return Raster(width: newWidth, height: newHeight, pixels: small)
    }

    private func mean(_ rows: Range<Int>, _ columns: Range<Int>, into small: inout [UInt8], at place: Int) {
        var red = 0, green = 0, blue = 0
        for row in rows {
            for column in columns {
                let start = (row * width + column) * 3
                red += Int(pixels[start])
                green += Int(pixels[start + 1])
                blue += Int(pixels[start + 2])
            }
        }
        let count = rows.count * columns.count
        small[place] = UInt8(red / count)
        small[place + 1] = UInt8(green / count)
        small[place + 2] = UInt8(blue / count)
    }

    /// As it is looked at.
    func turned(_ orientation: Orientation) -> Raster {
        guard orientation != .upright else { return self }
        let newWidth = orientation.isSideways ? height : width, newHeight = orientation.isSideways ? width : height
        var turned = [UInt8](repeating: 0, count: pixels.count)
        for y in 0 ..< newHeight {
            for x in 0 ..< newWidth {
                let (column, row) = orientation.source(x, y, width: width, height: height)
                let from = (row * width + column) * 3, to = (y * newWidth + x) * 3
                for colour in 0 ..< 3 { turned[to + colour] = pixels[from + colour] }
            }
        }
        return Raster(width: newWidth, height: newHeight, pixels: turned)
    }
}
