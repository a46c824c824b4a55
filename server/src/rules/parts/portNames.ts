const LONGEST_NAME = 15;

/** Why the API server rejects the name of a container's port (RFC 6335, section 5.1); undefined for a right one. */
export function portNameFault(name: string): string | undefined {
  if (name.length > LONGEST_NAME) return `it has ${name.length} characters, and ${LONGEST_NAME} are allowed`;
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))
    return 'it may hold lower-case letters, digits and single inner hyphens';
  if (!/[a-z]/.test(name)) return 'it needs a letter';
  return undefined;
}
