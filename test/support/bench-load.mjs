// Sixteen connections that post applications as fast as they are answered, in a process of their own. Started with IPC:
// one message {port, amount, requests} in, one message with the result out, as often as wanted.
import autocannon from "autocannon";

process.on("message", ({ port, amount, requests }) => {
  // The library looks at the clock once a second; the moment of the last answer is known better.
  const began = performance.now();
  let ended = began;
  const options = { url: `http://127.0.0.1:${port}`, connections: 16, amount, requests, timeout: 30 };
  const running = autocannon(options, (error, result) => {
    if (error) throw error;
    process.send({
      seconds: (ended - began) / 1000,
      accepted: result["2xx"],
      refused: result.non2xx + result.errors,
      p50: result.latency.p50,
      p99: result.latency.p99,
    });
  });
  running.on("response", () => {
    ended = performance.now();
  });
});
process.on("disconnect", () => process.exit(0));
