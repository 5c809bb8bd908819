/** The types of `python.mjs`. */
export function pythonPackage(requirement: string): Promise<string>;
export function python(): Promise<{ readonly python: string } | { readonly missing: string }>;
