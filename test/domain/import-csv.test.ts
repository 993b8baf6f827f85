import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  type CsvRecord,
  csvRecords,
  encodingOf,
  type TextEncoding,
} from "../../src/features/intake/import/csv-records.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "diwan-csv-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(content: string | Buffer, encoding?: TextEncoding): Promise<CsvRecord[]> {
  const file = join(folder, "x.csv");
  await writeFile(file, content);
  const records: CsvRecord[] = [];
  const reading = csvRecords({ file, delimiter: ",", ...(encoding && { encoding }), width: () => 3 });
  for await (const record of reading) records.push(record);
  return records;
}
const encoding = (name: string): TextEncoding => {
  const found = encodingOf(name);
  if (found === null) throw new Error(`there is no ${name}`);
  return found;
};
const cellsOf = (records: readonly CsvRecord[]) => records.map(({ cells }) => cells);
const broken = (records: readonly CsvRecord[]) => records.filter(({ cells }) => cells === null).map(({ line }) => line);

describe("records of a CSV file", () => {
  it("reads quotes, doubled quotes, line breaks inside them and both line endings", async () => {
    const records = await read('a,b,c\r\n"1,5","say ""hi""","two\r\nlines"\n4,5,6');
    expect(cellsOf(records)).toEqual([
      ["a", "b", "c"],
      ["1,5", 'say "hi"', "two\nlines"],
      ["4", "5", "6"],
    ]);
    expect(records.map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  it("leaves out a byte order mark and rows without content", async () => {
    const records = await read("\ufeffa,b,c\n\n,,\n1,2,3\n   \n");
    expect(cellsOf(records)).toEqual([
      ["a", "b", "c"],
      ["1", "2", "3"],
    ]);
    expect(records[1]?.line).toBe(4);
  });

  it("loses one row to a quote that is never closed, and no other", async () => {
    const records = await read('a,b,c\n1,"2,3\n4,5,6\n7,8,9\n');
    expect(broken(records)).toEqual([2]);
    expect(cellsOf(records).slice(2)).toEqual([
      ["4", "5", "6"],
      ["7", "8", "9"],
    ]);
    expect(records[1]?.text).toBe('1,"2,3');
  });

  it("loses one row to a quote that a later row seems to close", async () => {
    const records = await read('a,b,c\n1,"2,3\n4,5,6\n7,"8,8",9\n');
    expect(broken(records)).toEqual([2]);
    expect(cellsOf(records).slice(2)).toEqual([
      ["4", "5", "6"],
      ["7", "8,8", "9"],
    ]);
  });

  it.each(['1,5" pipe,3', '1,"2"x,3', '1,a"b"c,3'])("calls %s broken", async (row) => {
    const records = await read(`a,b,c\n${row}\n4,5,6\n`);
    expect(broken(records)).toEqual([2]);
    expect(records[1]?.fault?.en).toMatch(/quotes/);
    expect(records[2]?.cells).toEqual(["4", "5", "6"]);
  });

  it("loses one row to what is not UTF-8, wherever it stands", async () => {
    const latin1 = Buffer.concat([Buffer.from("a,b,c\n1,caf"), Buffer.from([0xe9]), Buffer.from(",3\n4,سؤال,6\n")]);
    const records = await read(latin1);
    expect(broken(records)).toEqual([2]);
    expect(records[1]?.fault?.en).toMatch(/UTF-8/);
    expect(records[2]?.cells).toEqual(["4", "سؤال", "6"]);
    const inQuotes = Buffer.concat([Buffer.from('a,b,c\n1,"2\n'), Buffer.from([0xff]), Buffer.from('",3\n4,5,6\n')]);
    expect((await read(inQuotes)).at(-1)?.cells).toEqual(["4", "5", "6"]);
  });

  it("loses one row to a NUL", async () => {
    const records = await read("a,b,c\n1,2\u0000,3\n4,5,6\n");
    expect(broken(records)).toEqual([2]);
    expect(records[1]?.fault?.en).toMatch(/NUL/);
    expect(records[2]?.cells).toEqual(["4", "5", "6"]);
  });

  it("does not keep an endless line", async () => {
    const records = await read(`a,b,c\n${"x".repeat(1_500_000)}\n4,5,6\n`);
    expect(broken(records)).toEqual([2]);
    expect(records[1]?.fault?.en).toMatch(/longer/);
    expect(records[2]).toMatchObject({ line: 3, cells: ["4", "5", "6"] });
  });

  it("leaves formulas alone: they are data", async () => {
    expect((await read("=cmd|' /C calc'!A0,+1,@x\n"))[0]?.cells).toEqual(["=cmd|' /C calc'!A0", "+1", "@x"]);
  });

  it("reads back whatever was written by the rules, whatever the chunks", async () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "ع", " ", "=", "😀"), maxLength: 8 });
    const written = fc.array(fc.tuple(fc.constant("id"), cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(written, async (rows) => {
        const text = rows.map((row) => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(",")).join("\n");
        expect(cellsOf(await read(text))).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it("never throws and never loses a good row after garbage", async () => {
    const garbage = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes.filter((b) => b !== 0x0a)));
    await fc.assert(
      fc.asyncProperty(garbage, async (bytes) => {
        const records = await read(Buffer.concat([Buffer.from("a,b,c\n"), bytes, Buffer.from("\n4,5,6\n7,8,9\n")]));
        expect(cellsOf(records).slice(-2)).toEqual([
          ["4", "5", "6"],
          ["7", "8", "9"],
        ]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a file in another encoding", () => {
  // سؤال and شكوى as Windows writes them in Arabic.
  const arabic = Buffer.from([0xd3, 0xc4, 0xc7, 0xe1, 0x2c, 0xd4, 0xdf, 0xe6, 0xec]);
  const [before, after] = [Buffer.from("a,b,c\r\n1,"), Buffer.from("\r\n4,5,6")];

  it("of one byte a letter is read by its name", async () => {
    const content = Buffer.concat([before, arabic, after]);
    expect(cellsOf(await read(content, encoding("Windows-1256")))).toEqual([
      ["a", "b", "c"],
      ["1", "سؤال", "شكوى"],
      ["4", "5", "6"],
    ]);
    expect(broken(await read(content))).toEqual([2]);
    expect((await read(content))[1]?.fault?.en).toMatch(/--encoding windows-1256/);
    expect(encodingOf("windows-1265")).toBeNull();
    // As spreadsheets of the west write it: “ ” ’ and the euro stand where Latin-1 has control characters.
    const western = Buffer.from([0x31, 0x2c, 0x93, 0x79, 0x92, 0x94, 0x2c, 0x80, 0xe9]);
    expect(cellsOf(await read(western, encoding("latin1")))).toEqual([["1", "“y’”", "€é"]]);
  });

  const inOrder = (text: string, name: string): Buffer => {
    const bytes = Buffer.from(text, "utf16le");
    return name === "utf-16be" ? bytes.swap16() : bytes;
  };

  it.each(["utf-16le", "utf-16be"])("of two bytes a letter is cut at its own line breaks (%s)", async (name) => {
    // Half of one of these letters and half of the next are the bytes of a line break, which is none.
    const [odd, text] = ["\u0600\u0a05\u0600", '\ufeffa,b,c\r\n1,\u0600\u0a05\u0600,"سطر\nآخر"\n\n4,😀,6'];
    expect(cellsOf(await read(inOrder(text, name), encoding(name)))).toEqual([
      ["a", "b", "c"],
      ["1", odd, "سطر\nآخر"],
      ["4", "😀", "6"],
    ]);
    // Longer than what is read at once.
    const long = Array.from({ length: 40_000 }, (_, i) => `${i},سؤال,😀`).join("\n");
    const records = await read(inOrder(long, name), encoding(name));
    expect([records.length, broken(records)]).toEqual([40_000, []]);
    expect(records.at(-1)).toMatchObject({ line: 40_000, cells: ["39999", "سؤال", "😀"] });
  });

  it("loses one row to half a letter, and tells that the file ends in the middle of one", async () => {
    const half = Buffer.concat([
      inOrder("a,b,c\n1,", "utf-16le"),
      Buffer.from([0x3d, 0xd8]),
      inOrder(",3\n4,5,6\n7,8,9", "utf-16le"),
    ]);
    const records = await read(Buffer.concat([half, Buffer.from([0x41])]), encoding("utf-16"));
    expect(broken(records)).toEqual([2, 4]);
    expect(records[1]?.fault?.en).toMatch(/not in utf-16le/);
    expect(records[2]?.cells).toEqual(["4", "5", "6"]);
  });
});
