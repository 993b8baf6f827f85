/** A stand-in for clamd: a real socket that speaks its protocol, knows one virus, and can be slow, ill or gone. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The test file of EICAR, in parts, so that no scanner takes this file for it. */
export const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE", "!$H+H*"].join("");

export interface Clamd {
  readonly address: string;
  /** `silent`: it takes a connection and says nothing. */
  mood: "well" | "ill" | "silent";
  /** Its StreamMaxLength. */
  mostBytes: number;
  /** Files that it was given whole. */
  readonly scanned: Buffer[];
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>;
  start(): Promise<void>;
  /** Gone, with its socket. */
  stop(): Promise<void>;
}

/** Takes the pieces of a stream off, each behind its length; null: its end has not come. */
function streamIn(bytes: Buffer): { readonly whole: Buffer; readonly ended: boolean } {
  const pieces: Buffer[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return { whole: Buffer.concat(pieces), ended: true };
    if (at + 4 + length > bytes.length) break;
    pieces.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { whole: Buffer.concat(pieces), ended: false };
}

/** @param tcp on a port of this machine, else at a path */
export async function openClamd({ tcp = false } = {}): Promise<Clamd> {
  const folder = await mkdtemp(join(tmpdir(), "diwan-clamd-"));
  const path = join(folder, "clamd.ctl");
  const open = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;

  const serve = (socket: Socket): void => {
    let received = Buffer.alloc(0);
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      const end = received.indexOf(0);
      if (end < 0 || clamd.mood === "silent") return;
      const command = received.toString("latin1", 0, end);
      if (command === "zVERSION") return void socket.end("ClamAV 1.4.6/27810/Sat Nov 28 2026\0");
      if (command === "zPING") return void socket.end("PONG\0");
      if (command !== "zINSTREAM") return void socket.end("UNKNOWN COMMAND\0");
      const { whole, ended } = streamIn(received.subarray(end + 1));
      if (whole.length > clamd.mostBytes) {
        // As clamd does: it says so and hangs up while more is coming.
        socket.end("INSTREAM size limit exceeded. ERROR\0");
        return void socket.destroySoon();
      }
      if (!ended) return;
      clamd.scanned.push(whole);
      if (clamd.mood === "ill") return void socket.end("stream: Can't allocate memory ERROR\0");
      socket.end(whole.includes(eicar) ? "stream: Win.Test.EICAR_HDB-1 FOUND\0" : "stream: OK\0");
    });
  };
  const clamd: Clamd = {
    get address() {
      return tcp ? `127.0.0.1:${port}` : path;
    },
    mood: "well",
    mostBytes: 25 * 1024 * 1024,
    scanned: [],
    open,
    async start() {
      const made = createServer(serve);
      server = made;
      await new Promise<void>((resolve) =>
        tcp ? made.listen(port, "127.0.0.1", resolve) : made.listen(path, resolve),
      );
      const at = made.address();
      if (at !== null && typeof at === "object") port = at.port;
    },
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
      server = null;
      await rm(path, { force: true });
    },
  };
  await clamd.start();
  return clamd;
}
