/** The section of a rule on the page of its pattern, which its heading names; undefined where there is none. */
export function pageSection(page: string, fault: string): string | undefined {
  const section = page.split(/^(?=## )/m).find((part) => part.split(/\r?\n/, 1)[0]?.trimEnd() === `## ${fault}`);
  return section?.trimEnd();
}
