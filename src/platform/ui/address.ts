/** What a screen is set to lives in its address, so that it can be sent to a colleague and found again by "back". */
import { useCallback, useMemo } from "react";
import { useLocation, useNavigate } from "react-router-dom";

export type Query = Readonly<Record<string, string>>;

/** Filters of the address, and how to change some: an empty value takes one out; the page number falls back to the first. */
export function useAddress(): [Query, (change: Readonly<Record<string, string | null | undefined>>) => void] {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const query = useMemo(() => Object.fromEntries(new URLSearchParams(search)), [search]);
  const change = useCallback(
    (changes: Readonly<Record<string, string | null | undefined>>) => {
      const next = new URLSearchParams(search);
      if (!("page" in changes)) next.delete("page");
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === undefined || value === "") next.delete(name);
        else next.set(name, value);
      }
      const text = next.toString();
      navigate(text === "" ? pathname : `${pathname}?${text}`, { replace: true });
    },
    [navigate, pathname, search],
  );
  return [query, change];
}

/** An address with some of a query, empty values left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}
