/** Who is looked for on the list of cases. */
import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";
import { personIn } from "../../../engine/search/leads-to-person.js";

/**
 * Who is looked for; null while nobody is. It came beside the address from the search and stands in none; what stands in one
 * all the same, from an old link, is taken out of it.
 * @param search of the address
 */
export function useApplicantSought(search: string): [string | null, (typed: string | null) => void] {
  const { state, pathname, search: inAddress } = useLocation();
  const navigate = useNavigate();
  const handed = (state as { applicant?: unknown } | null)?.applicant;
  const linked = personIn(search);
  const [sought, setSought] = useState<string | null>(null);
  useEffect(() => {
    const given = typeof handed === "string" ? handed : linked;
    if (given === null) return;
    setSought(given);
    const kept = new URLSearchParams(inAddress);
    if (linked !== null) kept.delete("search");
    const query = kept.toString();
    navigate(`${pathname}${query === "" ? "" : `?${query}`}`, { replace: true, state: null });
  }, [handed, linked, navigate, pathname, inAddress]);
  return [sought, setSought];
}
