/** What is wrong with the name of a namespace, in words; undefined when it is right. */
export function namespaceComplaint(text: string): string | undefined {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
    ? undefined
    : 'A namespace is a name of lowercase letters, digits and hyphens.';
}
