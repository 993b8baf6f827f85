/** A real SMTP peer that keeps what arrives, and can refuse or be slow. */
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export interface Mailbox {
  readonly url: string;
  readonly port: number;
  readonly letters: ParsedMail[];
  /** Decides about each receiver; a code such as 550 or 451 refuses it. */
  refuse: (address: string) => number | null;
  /** Runs after a letter was read and before it is acknowledged. */
  beforeAcknowledge: () => Promise<void>;
  close(): Promise<void>;
}

/** @param port a fixed one, to come back at the same place */
export async function openMailbox(port = 0): Promise<Mailbox> {
  const letters: ParsedMail[] = [];
  const mailbox = { refuse: (_address: string): number | null => null, beforeAcknowledge: async () => {} };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    // A sender may keep its connection open for the next letter; at the end nobody waits for it.
    closeTimeout: 500,
    logger: false,
    onRcptTo({ address }, _session, done) {
      const code = mailbox.refuse(address);
      if (code === null) return done();
      done(Object.assign(new Error(`refused ${address}`), { responseCode: code }));
    },
    onData(stream, _session, done) {
      simpleParser(stream)
        .then(async (letter) => {
          letters.push(letter);
          await mailbox.beforeAcknowledge();
          done();
        })
        .catch(done);
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return Object.assign(mailbox, {
    url: `smtp://127.0.0.1:${bound}`,
    port: bound,
    letters,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
