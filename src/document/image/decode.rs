//! Pictures decoded into shades of grey, as they are to be looked at.

use std::io::Cursor;

use hayro_jbig2::{DecodeSettings, Decoder};
use png::Transformations;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::Kind;
use crate::document::page::scan::{Grey, shade};

/// Pixels of a picture, at most: more than any camera of a telephone saves by itself.
const MOST: usize = 50_000_000;

/// Bytes of a decoded picture, at most.
const LARGEST: usize = 160 << 20;

/// The shades of the picture `bytes`, turned as its camera noted; `None` where they cannot be had.
pub(super) fn grey(bytes: &[u8]) -> Option<Grey> {
    match Kind::of(bytes) {
        Some(Kind::Jpeg) => jpeg(bytes),
        Some(Kind::Png) => png(bytes),
        None if bytes.starts_with(b"\x97JB2\r\n\x1a\n") => jbig2(bytes),
        _ => None,
    }
}

/// Whether there are pixels, and not too many.
fn fits(width: usize, height: usize) -> bool {
    width > 0 && height > 0 && width.checked_mul(height).is_some_and(|pixels| pixels <= MOST)
}

fn jpeg(bytes: &[u8]) -> Option<Grey> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let info = decoder.info()?;
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    if !fits(width, height) {
        return None;
    }
    let is_grey = decoder.input_colorspace()? == ColorSpace::Luma;
    if is_grey {
        decoder.set_options(options.jpeg_set_out_colorspace(ColorSpace::Luma));
    }
    if decoder.output_buffer_size()? > LARGEST {
        return None;
    }
    let pixels = decoder.decode().ok()?;
    let pixels = if is_grey { pixels } else { shades(&pixels) };
    let turned = decoder.exif().map_or(1, |exif| orientation(exif));
    whole(width, height, pixels).map(|grey| oriented(&grey, turned))
}

fn png(bytes: &[u8]) -> Option<Grey> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: LARGEST });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let size = reader.output_buffer_size().filter(|&size| fits(width, height) && size <= LARGEST)?;
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).ok()?;
    data.truncate(frame.buffer_size());
    // What shows through is white.
    let pixels = match frame.color_type {
        png::ColorType::Grayscale => data,
        png::ColorType::GrayscaleAlpha => data.chunks_exact(2).map(|pixel| over_white(pixel[0], pixel[1])).collect(),
        png::ColorType::Rgb => shades(&data),
        png::ColorType::Rgba => {
            data.chunks_exact(4).map(|pixel| over_white(shade(pixel[0], pixel[1], pixel[2]), pixel[3])).collect()
        }
        png::ColorType::Indexed => return None,
    };
    let turned = reader.info().exif_metadata.as_deref().map_or(1, orientation);
    whole(width, height, pixels).map(|grey| oriented(&grey, turned))
}

fn jbig2(bytes: &[u8]) -> Option<Grey> {
    let file = hayro_jbig2::File::new(bytes, &DecodeSettings::default()).ok()?;
    let page = file.page(0)?;
    let (width, height) = (page.width() as usize, page.height() as usize);
    if !fits(width, height) {
        return None;
    }
    let mut dots = Dots { pixels: Vec::with_capacity(width * height), most: width * height };
    page.decode(&mut dots).ok()?;
    whole(width, height, dots.pixels)
}

/// The pixels of a picture in black and white.
struct Dots {
    pixels: Vec<u8>,
    most: usize,
}

impl Dots {
    fn push(&mut self, black: bool, count: usize) {
        let count = count.min(self.most - self.pixels.len());
        self.pixels.extend(std::iter::repeat_n(if black { 0 } else { 255 }, count));
    }
}

impl Decoder for Dots {
    fn push_pixel(&mut self, black: bool) {
        self.push(black, 1);
    }

    fn push_pixel_chunk(&mut self, black: bool, chunk_count: u32) {
        self.push(black, (chunk_count as usize).saturating_mul(8));
    }

    fn next_line(&mut self) {}
}

fn whole(width: usize, height: usize, pixels: Vec<u8>) -> Option<Grey> {
    (pixels.len() == width * height).then_some(Grey { width, height, pixels })
}

/// The shades of colours.
fn shades(colours: &[u8]) -> Vec<u8> {
    colours.chunks_exact(3).map(|colour| shade(colour[0], colour[1], colour[2])).collect()
}

fn over_white(shade: u8, cover: u8) -> u8 {
    let (shade, cover) = (u32::from(shade), u32::from(cover));
    u8::try_from((shade * cover + 255 * (255 - cover)) / 255).unwrap_or(255)
}

/// The tag of the orientation among those of the first directory of Exif data.
const ORIENTATION: u16 = 0x0112;

/// How the camera was held, as Exif counts it: 1 to 8, 1 is upright.
fn orientation(exif: &[u8]) -> u16 {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let is_little = exif.starts_with(b"II");
    let short = |at: usize| {
        let bytes = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes = exif.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }).ok()
    };
    let found = || {
        let directory = long(4).filter(|&at| at < exif.len())?;
        let entries = (0..usize::from(short(directory)?)).map(|index| directory + 2 + index * 12);
        let own = entries.take_while(|&at| at + 12 <= exif.len()).find(|&at| short(at) == Some(ORIENTATION))?;
        short(own + 8)
    };
    found().filter(|held| (1..=8).contains(held)).unwrap_or(1)
}

/// The picture as it is to be looked at, where the camera was held as `orientation` says.
fn oriented(picture: &Grey, orientation: u16) -> Grey {
    let (right, bottom) = (picture.width - 1, picture.height - 1);
    let from = |x: usize, y: usize| match orientation {
        2 => (right - x, y),
        3 => (right - x, bottom - y),
        4 => (x, bottom - y),
        5 => (y, x),
        6 => (y, bottom - x),
        7 => (right - y, bottom - x),
        8 => (right - y, x),
        _ => (x, y),
    };
    let (width, height) =
        if orientation >= 5 { (picture.height, picture.width) } else { (picture.width, picture.height) };
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    for y in 0..height {
        pixels.extend((0..width).map(|x| {
            let (x, y) = from(x, y);
            picture.pixels[y * picture.width + x]
        }));
    }
    Grey { width, height, pixels }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows of three shades, as PNG of this colour type with these channels.
    fn encoded(colour: png::ColorType, data: &[u8], exif: Option<&[u8]>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut info = png::Info::with_size(3, 2);
        info.color_type = colour;
        info.bit_depth = png::BitDepth::Eight;
        info.exif_metadata = exif.map(|exif| exif.to_vec().into());
        let encoder = png::Encoder::with_info(&mut bytes, info).unwrap();
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(data).unwrap();
        writer.finish().unwrap();
        bytes
    }

    fn exif(orientation: u8, is_little: bool) -> Vec<u8> {
        let short = |value: u16| if is_little { value.to_le_bytes() } else { value.to_be_bytes() };
        let long = |value: u32| if is_little { value.to_le_bytes() } else { value.to_be_bytes() };
        let mut bytes = if is_little { b"II".to_vec() } else { b"MM".to_vec() };
        bytes.extend(short(42));
        bytes.extend(long(8));
        bytes.extend(short(2));
        for (tag, value) in [(0x010f, 7), (ORIENTATION, u16::from(orientation))] {
            bytes.extend([short(tag), short(3)].concat());
            bytes.extend(long(1));
            bytes.extend([short(value), short(0)].concat());
        }
        bytes.extend(long(0));
        bytes
    }

    #[test]
    fn a_png_is_its_shades_on_white_paper() {
        let shades = [0, 50, 100, 150, 200, 250];
        let tripled: Vec<u8> = shades.iter().flat_map(|&shade| [shade; 3]).collect();
        assert_eq!(grey(&encoded(png::ColorType::Grayscale, &shades, None)).unwrap().pixels, shades);
        assert_eq!(grey(&encoded(png::ColorType::Rgb, &tripled, None)).unwrap().pixels, shades);
        let clear: Vec<u8> = shades.iter().flat_map(|&shade| [shade, shade, shade, 0]).collect();
        assert_eq!(grey(&encoded(png::ColorType::Rgba, &clear, None)).unwrap().pixels, [255; 6]);
    }

    #[test]
    fn the_camera_may_have_been_held_in_eight_ways() {
        // What is seen upright, in rows.
        let cases: [(u8, &[&[u8]]); 8] = [
            (1, &[&[1, 2, 3], &[4, 5, 6]]),
            (2, &[&[3, 2, 1], &[6, 5, 4]]),
            (3, &[&[6, 5, 4], &[3, 2, 1]]),
            (4, &[&[4, 5, 6], &[1, 2, 3]]),
            (5, &[&[1, 4], &[2, 5], &[3, 6]]),
            (6, &[&[4, 1], &[5, 2], &[6, 3]]),
            (7, &[&[6, 3], &[5, 2], &[4, 1]]),
            (8, &[&[3, 6], &[2, 5], &[1, 4]]),
        ];
        for (held, rows) in cases {
            for is_little in [true, false] {
                let exif = exif(held, is_little);
                let seen = grey(&encoded(png::ColorType::Grayscale, &[1, 2, 3, 4, 5, 6], Some(&exif))).unwrap();
                assert_eq!((seen.width, seen.height), (rows[0].len(), rows.len()), "{held}");
                assert_eq!(seen.pixels, rows.concat(), "{held}");
            }
        }
        for wrong in [&b""[..], b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff", &exif(9, true)] {
            assert_eq!(orientation(wrong), 1);
        }
    }

    #[test]
    fn what_is_damaged_or_too_large_is_no_picture() {
        let whole = encoded(png::ColorType::Grayscale, &[1, 2, 3, 4, 5, 6], None);
        for end in 0..whole.len() - 12 {
            _ = grey(&whole[..end]);
        }
        let mut huge = whole;
        huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        assert_eq!(grey(&huge), None);
        for bytes in [&b"\xff\xd8\xff\xe0"[..], b"\x97JB2\r\n\x1a\n\x01\0\0\0\x01", b"GIF89a", b""] {
            assert_eq!(grey(bytes), None);
        }
    }
}
