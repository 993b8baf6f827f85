/**
 * Nobody keeps a connection busy by sending slowly. A file on a poor line may take its time; everything else is short. And nobody
 * keeps it busy by sending on and on what was answered already.
 */
import type { RequestHandler } from "express";

const seconds = 30;
const secondsOfFile = 600;
/** What may come slowly: only addresses that take files read such bodies at all. */
const isFile = /^(?:application\/octet-stream|multipart\/form-data)\b/i;

/** Browsers look at an answer when they have sent everything: so much of it is let come, a photo of a telephone. */
const maxAfterAnswer = 8 * 1024 * 1024;
const lookMs = 100;

/** The longest that any request may take to arrive; for the server's own limit. */
export const longestArrivalMs = secondsOfFile * 1000;

/** Ends the connection of a request that has not wholly arrived in time. */
export const limitSlowBodies: RequestHandler = (request, response, next) => {
  if (request.complete) return next();
  const end = () => {
    if (!request.complete) request.destroy();
  };
  const wait = (s: number) => setTimeout(end, s * 1000).unref();
  let timer = wait(isFile.test(request.headers["content-type"] ?? "") ? secondsOfFile : seconds);
  request.once("close", () => clearTimeout(timer));
  // Once it was answered nobody reads the rest.
  response.once("finish", () => {
    clearTimeout(timer);
    if (request.complete) return;
    timer = wait(seconds);
    const { socket } = request;
    const most = socket.bytesRead + maxAfterAnswer;
    const looking = setInterval(() => {
      if (!request.complete && !request.destroyed && socket.bytesRead <= most) return;
      clearInterval(looking);
      end();
    }, lookMs).unref();
  });
  next();
};
