/** Characters that intake takes of an application. Browsers read this too. */
export const applicationLimits = { subject: 200, description: 10_000, name: 200, email: 254 } as const;
