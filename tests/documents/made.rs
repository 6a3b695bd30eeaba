//! PDF and DOCX made by hand: as small as they may be.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A PDF of numbered objects, the first of them its catalogue; `trailer` stands in its trailer beside that.
pub(crate) fn pdf_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", number + 1).as_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").as_bytes()));
    let size = objects.len() + 1;
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    file
}

/// A stream with these entries in its dictionary.
pub(crate) fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<< {entries} /Length {} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A PDF with one page for each stream of content, and `info` in its dictionary of information, which is object 2.
pub(crate) fn pdf_with(pages: &[Vec<u8>], info: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 5 + 2 * page)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 3 0 R >>".to_vec(),
        format!("<< {info} /Producer (by hand) >>").into_bytes(),
        format!("<< /Type /Pages /Count {} /Kids [{}] >>", pages.len(), kids.join(" ")).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    let form = 5 + 2 * pages.len();
    for (page, content) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 3 0 R /MediaBox [0 0 612 792] /Contents {} 0 R \
                 /Resources << /Font << /F 4 0 R >> /XObject << /X {form} 0 R /Y {} 0 R >> >> >>",
                6 + 2 * page,
                form + 1
            )
            .into_bytes(),
        );
        objects.push(content.clone());
    }
    objects.extend_from_slice(more);
    pdf_of(&objects, "/Info 2 0 R")
}

/// Lines of text, each at its height.
pub(crate) fn set(lines: &[(i32, &str)]) -> Vec<u8> {
    let set = |(y, text): &(i32, &str)| {
        let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        format!("BT /F 12 Tf 1 0 0 1 72 {y} Tm ({text}) Tj ET\n")
    };
    stream("", lines.iter().map(set).collect::<String>().as_bytes())
}

/// A PDF of one page with these lines.
pub(crate) fn pdf(lines: &[(i32, &str)], info: &str) -> Vec<u8> {
    pdf_with(&[set(lines)], info, &[])
}

/// The paragraphs of a text, broken into lines.
pub(crate) fn broken(text: &str, width: usize) -> Vec<(i32, String)> {
    let mut lines = Vec::new();
    let mut y = 720;
    for paragraph in text.split("\n\n") {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.len() + word.len() >= width {
                lines.push((y, std::mem::take(&mut line)));
                y -= 14;
            }
            line = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        }
        lines.push((y, line));
        y -= 28;
    }
    lines
}

pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const COMPATIBLE: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// A DOCX with this XML in its body, and these properties.
pub(crate) fn docx(body: &str, properties: &str) -> Vec<u8> {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:document xmlns:w=\"{WORD}\" xmlns:mc=\"{COMPATIBLE}\">\
         <w:body>{body}</w:body></w:document>"
    );
    let properties = format!(
        "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\" xmlns:dcterms=\"t\">{properties}</cp:coreProperties>"
    );
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", text.as_bytes()),
        ("docProps/core.xml", properties.as_bytes()),
    ])
}

/// Paragraphs of a DOCX.
pub(crate) fn paragraphs(text: &str) -> String {
    text.split("\n\n").map(|paragraph| format!("<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>")).collect()
}
