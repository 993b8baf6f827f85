/** Figures of a whole branch or programme, counted once in a while: they take long to count. */

const maxKept = 500;

/**
 * A service of figures with a memory. A request with a later moment gets the figures of an earlier one if that is not long ago;
 * who asks meanwhile waits for the same answer. A failure is not kept.
 * @param keptMs how old they may be; their report says the moment that they were counted at
 */
export function keepFigures<Request extends { readonly at: Date }, Answer>(
  ask: (request: Request) => Promise<Answer>,
  keptMs: number,
): (request: Request) => Promise<Answer> {
  const kept = new Map<string, { readonly at: number; readonly answer: Promise<Answer> }>();
  return (request) => {
    const { at, ...question } = request;
    const key = JSON.stringify(question);
    const known = kept.get(key);
    const age = known === undefined ? Number.NaN : at.getTime() - known.at;
    if (known !== undefined && age >= 0 && age < keptMs) return known.answer;
    if (kept.size >= maxKept) kept.clear();
    const answer = ask(request);
    kept.set(key, { at: at.getTime(), answer });
    answer.catch(() => kept.delete(key));
    return answer;
  };
}
