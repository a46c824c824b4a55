import formerLicences from 'spdx-license-ids/deprecated.json' with { type: 'json' };
import licences from 'spdx-license-ids/index.json' with { type: 'json' };

const KNOWN: ReadonlySet<string> = new Set([...licences, ...formerLicences]);
const TOKEN = /\s*([()]|[A-Za-z0-9][A-Za-z0-9.:-]*\+?)/y;
/** Deeper nesting exists only to break readers. */
const MAXIMUM_DEPTH = 50;

/**
 * Whether a text is an SPDX licence expression: licences of the list or `LicenseRef-…`, with exceptions (whose names are
 * not looked up), joined by AND and OR, in parentheses.
 */
export function isLicenceExpression(text: string): boolean {
  const tokens = tokensOf(text);
  if (!tokens) return false;
  let next = 0;
  const operand = (depth: number): boolean => {
    const token = tokens[next++];
    if (token === '(') return depth < MAXIMUM_DEPTH && expression(depth + 1) && tokens[next++] === ')';
    if (token === undefined || !isLicence(token)) return false;
    if (tokens[next] !== 'WITH') return true;
    next++;
    return /^[A-Za-z0-9][\w.-]*$/.test(tokens[next++] ?? '');
  };
  const expression = (depth: number): boolean => {
    if (!operand(depth)) return false;
    while (tokens[next] === 'AND' || tokens[next] === 'OR') {
      next++;
      if (!operand(depth)) return false;
    }
    return true;
  };
  return expression(0) && next === tokens.length;
}

function isLicence(token: string): boolean {
  if (/^(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$/.test(token)) return true;
  return KNOWN.has(token) || (token.endsWith('+') && KNOWN.has(token.slice(0, -1)));
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  const rest = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < rest.length) {
    const match = TOKEN.exec(rest);
    if (!match) return undefined;
    tokens.push(match[1]!);
  }
  return tokens;
}
