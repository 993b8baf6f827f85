/** `GET /admin/live`: what changes, as server-sent events, for as long as the session lives. */

import type { RequestHandler, Response } from "express";
import type { LiveNews } from "../../engine/lifecycle/live-news.js";
import { signedInOf } from "../../platform/admin/official.js";
import type { Services } from "../../platform/services.js";

/** Proxies close what is silent for long. */
const heartbeatMs = 20_000;
/** The browser waits so long before it comes back. */
const retryMs = 3000;
/** Whoever takes nothing any more is let go: they look at everything anew when they come back. */
const maxWaiting = 64 * 1024;

const contentType = "text/event-stream; charset=utf-8";

function begin(response: Response): void {
  response.status(200).set({
    "content-type": contentType,
    // Neither kept, nor compressed (which would wait for more), nor collected by a proxy in front.
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
  });
  response.flushHeaders();
  response.write(`retry: ${retryMs}\nevent: hello\ndata: {}\n\n`);
}

/** Behind the authentication. What is told is decided by `services.live`; here it is only written down. */
export function liveStream(services: Services): RequestHandler {
  return async (_request, response) => {
    const { userId, sessionId } = signedInOf(response);
    let open = true;
    let begun = false;
    const end = (): void => {
      if (!open) return;
      open = false;
      clearInterval(heart);
      stop?.();
      if (begun) response.end();
    };
    const write = (text: string): void => {
      if (open && response.writableLength > maxWaiting) end();
      if (open) response.write(text);
    };
    const heart = setInterval(() => write(": still here\n\n"), heartbeatMs);
    heart.unref();
    let stop: (() => void) | null = null;
    response.once("close", end);
    const early: LiveNews[] = [];
    const tell = (news: LiveNews): void => {
      if (begun) write(`event: news\ndata: ${JSON.stringify(news)}\n\n`);
      else early.push(news);
    };
    try {
      stop = await services.live.listen({ userId, sessionId, tell, end });
    } catch (error) {
      open = false;
      clearInterval(heart);
      throw error;
    }
    // Over while it was being prepared: a stream that is not to be asked for again.
    if (!open) {
      stop();
      response.status(204).set("content-type", contentType).end();
      return;
    }
    begin(response);
    begun = true;
    early.forEach(tell);
  };
}
