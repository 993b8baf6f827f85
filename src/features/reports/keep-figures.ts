/** Figures of a whole branch or programme, counted once in a while: they take long to count. */

const maxKept = 500;

/**
 * A service of figures with a memory. A question as of now gets the figures of an earlier now if that is not long ago, one as of a
 * moment that is over those of that moment; who asks meanwhile waits for the same answer. A failure is not kept.
 * @param keptMs how old they may be; their report says the moment that they are as of
 * @returns `now`: when it is asked; left out: it is asked as of now
 */
export function keepFigures<Request extends { readonly at: Date }, Answer>(
  ask: (request: Request) => Promise<Answer>,
  keptMs: number,
): (request: Request, now?: Date) => Promise<Answer> {
  const kept = new Map<string, { readonly at: number; readonly answer: Promise<Answer> }>();
  return (request, now = request.at) => {
    const { at, ...question } = request;
    const key = JSON.stringify(at.getTime() === now.getTime() ? question : request);
    const known = kept.get(key);
    const age = known === undefined ? Number.NaN : now.getTime() - known.at;
    if (known !== undefined && age >= 0 && age < keptMs) return known.answer;
    if (kept.size >= maxKept) kept.clear();
    const answer = ask(request);
    kept.set(key, { at: now.getTime(), answer });
    answer.catch(() => kept.delete(key));
    return answer;
  };
}
