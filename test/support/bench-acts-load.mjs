// Sixteen connections, each doing its own acts one after the other, in a process of its own. Started with IPC: one message
// {port, lists} in (a list of requests a connection), one message with the result out, as often as wanted.
import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

const send = (port, { path, headers, body }) =>
  new Promise((resolve, reject) => {
    const options = { port, host: "127.0.0.1", method: "POST", path, agent };
    const asked = request(
      { ...options, headers: { ...headers, "content-length": Buffer.byteLength(body) } },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode));
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });

process.on("message", async ({ port, lists }) => {
  const began = performance.now();
  let refused = 0;
  await Promise.all(
    lists.map(async (list) => {
      for (const one of list) if ((await send(port, one)) !== 200) refused += 1;
    }),
  );
  process.send({ seconds: (performance.now() - began) / 1000, refused });
  // The next round may come after the server let idle connections go.
  agent.destroy();
});
process.on("disconnect", () => process.exit(0));
