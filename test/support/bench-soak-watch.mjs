// Loaded into an instance before it starts (`--import`): each second its parent learns how much memory it holds and how
// long its event loop was busy with one thing.
import { monitorEventLoopDelay } from "node:perf_hooks";

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
setInterval(() => {
  if (!process.connected) return;
  process.send({ rss: process.memoryUsage.rss(), longest: delay.max / 1e6 });
  delay.reset();
}, 1000).unref();
