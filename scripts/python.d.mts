/** The types of `python.mjs`. */
export function python(): Promise<{ readonly python: string } | { readonly missing: string }>;
