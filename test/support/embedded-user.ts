/** A process that uses the embedded server of a data folder: says where it is, and lets go when its input ends. */
import "../../src/platform/messages/load-messages.js";
import { useEmbedded } from "../../src/platform/db/embedded.js";

const [home = ""] = process.argv.slice(2);
const database = await useEmbedded(home, {
  say: ({ en }) => process.stdout.write(`${JSON.stringify({ said: en })}\n`),
  settings: ["fsync=off"],
});
process.stdout.write(`${JSON.stringify({ ownerUrl: database.ownerUrl, url: database.url })}\n`);
process.stdin.resume().on("end", () => {
  database.release().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    },
  );
});
