/** A file of the build. Errors: ReloadNeeded, or that the line is down. */

/** Only the page loaded anew has the file: Diwan was renewed after this one was opened. */
export class ReloadNeeded extends Error {}

/** What the server answers; the browser keeps it for good. */
export async function fetchFile(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (answer.status === 404) throw new ReloadNeeded(`${address} is gone`);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}
