/** The command line's own terminal. */
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { CommandIo } from "./command.js";

// Whoever reads us may stop early (`diwan show … | head`): that is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

/** Lines to standard output and error; a secret is asked for without showing it, or read from a pipe. */
export const terminal: CommandIo = {
  out: (line) => void process.stdout.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
  async readSecret(question) {
    const typed = process.stdin.isTTY;
    if (typed) process.stderr.write(question);
    // A terminal echoes what readline writes: this one writes nothing.
    const output = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input: process.stdin, output, terminal: typed });
    try {
      for await (const line of lines) return line;
      return "";
    } finally {
      lines.close();
      if (typed) process.stderr.write("\n");
    }
  },
};
