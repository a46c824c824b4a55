/** One parameter of a function. */
export interface FunctionParameter {
  readonly name: string;
  readonly type: string;
}

/** A function of the Terraform language. */
export interface TerraformFunction {
  readonly name: string;
  readonly parameters: readonly FunctionParameter[];
  /** Takes any number of further arguments. */
  readonly variadic: FunctionParameter | undefined;
  readonly returns: string;
  /** What it does, in one sentence. */
  readonly text: string;
}

/** Signature and meaning, as of Terraform 1.11. `...` marks a parameter that may be repeated or left out. */
const FUNCTIONS: readonly (readonly [signature: string, text: string])[] = [
  ['abs(num: number): number', 'The number without its sign.'],
  ['abspath(path: string): string', 'The path made absolute, from the directory in which Terraform runs.'],
  ['alltrue(list: list(bool)): bool', 'Whether every item is true; true for an empty list.'],
  ['anytrue(list: list(bool)): bool', 'Whether at least one item is true; false for an empty list.'],
  ['base64decode(str: string): string', 'The text whose UTF-8 bytes are written in Base64.'],
  ['base64encode(str: string): string', 'The UTF-8 bytes of a text, written in Base64.'],
  ['base64gzip(str: string): string', 'The text compressed with gzip and written in Base64.'],
  ['base64sha256(str: string): string', 'The SHA-256 of a text, its bytes written in Base64.'],
  ['base64sha512(str: string): string', 'The SHA-512 of a text, its bytes written in Base64.'],
  ['basename(path: string): string', 'The last part of a path.'],
  ['bcrypt(str: string, ...cost: number): string', 'A bcrypt hash of a text; another one at every run.'],
  ['can(expression: any): bool', 'Whether the expression can be evaluated without an error.'],
  ['ceil(num: number): number', 'The least whole number that is not smaller.'],
  ['chomp(str: string): string', 'The text without the line breaks at its end.'],
  ['chunklist(list: list(any), size: number): list(list(any))', 'The list cut into lists of at most this size.'],
  [
    'cidrhost(prefix: string, hostnum: number): string',
    'The address with this number in a network; a negative number counts from its end.',
  ],
  ['cidrnetmask(prefix: string): string', 'The mask of an IPv4 network in dotted form.'],
  [
    'cidrsubnet(prefix: string, newbits: number, netnum: number): string',
    'The subnet with this number when the prefix is made longer by some bits.',
  ],
  [
    'cidrsubnets(prefix: string, ...newbits: number): list(string)',
    'Subnets one after the other, each with a prefix longer by so many bits.',
  ],
  ['coalesce(...vals: any): any', 'The first argument that is neither null nor an empty string.'],
  ['coalescelist(...vals: list(any)): list(any)', 'The first list that is not empty.'],
  ['compact(list: list(string)): list(string)', 'The list without empty strings and nulls.'],
  ['concat(...seqs: list(any)): list(any)', 'All lists joined into one.'],
  ['contains(list: list(any), value: any): bool', 'Whether the list or set holds the value.'],
  ['csvdecode(str: string): list(map(string))', 'The rows of a CSV text, each a map by the names in the first row.'],
  ['dirname(path: string): string', 'The path without its last part.'],
  ['distinct(list: list(any)): list(any)', 'The list with only the first of equal items.'],
  ['element(list: list(any), index: number): any', 'The item at an index that starts anew at the end of the list.'],
  ['endswith(str: string, suffix: string): bool', 'Whether the text ends with the suffix.'],
  ['ephemeralasnull(value: any): any', 'The value with its ephemeral parts replaced by null.'],
  ['file(path: string): string', 'The content of a file as UTF-8 text.'],
  ['filebase64(path: string): string', 'The bytes of a file, written in Base64.'],
  ['filebase64sha256(path: string): string', 'The SHA-256 of a file, its bytes written in Base64.'],
  ['filebase64sha512(path: string): string', 'The SHA-512 of a file, its bytes written in Base64.'],
  ['fileexists(path: string): bool', 'Whether a file exists at the path.'],
  ['filemd5(path: string): string', 'The MD5 of a file in hexadecimal digits.'],
  ['fileset(path: string, pattern: string): set(string)', 'The files below a directory whose names match a pattern.'],
  ['filesha1(path: string): string', 'The SHA-1 of a file in hexadecimal digits.'],
  ['filesha256(path: string): string', 'The SHA-256 of a file in hexadecimal digits.'],
  ['filesha512(path: string): string', 'The SHA-512 of a file in hexadecimal digits.'],
  ['flatten(list: list(any)): list(any)', 'The list with the items of its inner lists, however deep, in their place.'],
  ['floor(num: number): number', 'The greatest whole number that is not greater.'],
  ['format(format: string, ...args: any): string', 'A text made from a pattern such as `"%s-%02d"` and values.'],
  ['formatdate(format: string, time: string): string', 'A time written after a pattern such as `"YYYY-MM-DD"`.'],
  [
    'formatlist(format: string, ...args: any): list(string)',
    'A list of texts, one for each item of the lists among the values.',
  ],
  ['indent(spaces: number, str: string): string', 'The text with every line but the first moved to the right.'],
  ['index(list: list(any), value: any): number', 'Where the value stands in the list; an error when it does not.'],
  ['issensitive(value: any): bool', 'Whether the value is marked as sensitive.'],
  ['join(separator: string, ...lists: list(string)): string', 'All items in one text, with a separator between them.'],
  ['jsondecode(str: string): any', 'The value that a JSON text stands for.'],
  ['jsonencode(val: any): string', 'The value written as JSON.'],
  ['keys(inputMap: map(any)): list(string)', 'The keys of a map, sorted.'],
  ['length(value: any): number', 'How many items a collection, or characters a text, has.'],
  ['log(num: number, base: number): number', 'The logarithm of a number to a base.'],
  [
    'lookup(inputMap: map(any), key: string, ...default: any): any',
    'The entry of a map under a key, or the default when there is none.',
  ],
  ['lower(str: string): string', 'The text in lower case.'],
  [
    'matchkeys(values: list(any), keys: list(any), searchset: list(any)): list(any)',
    'The values whose key, at the same index, is one of those searched for.',
  ],
  ['max(...numbers: number): number', 'The greatest of the numbers.'],
  ['md5(str: string): string', 'The MD5 of a text in hexadecimal digits.'],
  ['merge(...maps: map(any)): map(any)', 'One map of all entries; of equal keys the last one holds.'],
  ['min(...numbers: number): number', 'The least of the numbers.'],
  ['nonsensitive(value: any): any', 'The value without its mark as sensitive.'],
  ['one(list: list(any)): any', 'The only item of a list, null when it is empty, an error when it has more.'],
  ['parseint(number: string, base: number): number', 'The whole number that a text writes in a base.'],
  ['pathexpand(path: string): string', 'The path with a leading `~` replaced by the home directory.'],
  ['plantimestamp(): string', 'The time of the plan.'],
  ['pow(num: number, power: number): number', 'The number raised to a power.'],
  ['range(...params: number): list(number)', 'The numbers from a start up to, not including, a limit, in steps.'],
  [
    'regex(pattern: string, string: string): any',
    'The first match of a regular expression, or its groups; an error when there is none.',
  ],
  ['regexall(pattern: string, string: string): list(any)', 'All matches of a regular expression.'],
  [
    'replace(str: string, substr: string, replace: string): string',
    'The text with each occurrence replaced; between slashes the search is a regular expression.',
  ],
  ['reverse(list: list(any)): list(any)', 'The list from its end to its beginning.'],
  [
    'rsadecrypt(ciphertext: string, privatekey: string): string',
    'The text behind a ciphertext in Base64, read with an RSA key.',
  ],
  ['sensitive(value: any): any', 'The value marked so that Terraform does not show it.'],
  ['setintersection(first_set: set(any), ...other_sets: set(any)): set(any)', 'The items that all sets have.'],
  ['setproduct(...sets: set(any)): list(any)', 'Every combination of one item from each set.'],
  ['setsubtract(a: set(any), b: set(any)): set(any)', 'The items of the first set that the second does not have.'],
  ['setunion(first_set: set(any), ...other_sets: set(any)): set(any)', 'The items that any of the sets has.'],
  ['sha1(str: string): string', 'The SHA-1 of a text in hexadecimal digits.'],
  ['sha256(str: string): string', 'The SHA-256 of a text in hexadecimal digits.'],
  ['sha512(str: string): string', 'The SHA-512 of a text in hexadecimal digits.'],
  ['signum(num: number): number', '-1, 0 or 1, after the sign of the number.'],
  [
    'slice(list: list(any), start_index: number, end_index: number): list(any)',
    'The items from one index up to, not including, another.',
  ],
  ['sort(list: list(string)): list(string)', 'The texts in the order of their characters.'],
  ['split(separator: string, str: string): list(string)', 'The text cut at each separator.'],
  ['startswith(str: string, prefix: string): bool', 'Whether the text begins with the prefix.'],
  ['strcontains(str: string, substr: string): bool', 'Whether the text holds another.'],
  ['strrev(str: string): string', 'The characters of a text from its end to its beginning.'],
  [
    'substr(str: string, offset: number, length: number): string',
    'A part of a text; a length of -1 takes all that follows.',
  ],
  ['sum(list: list(number)): number', 'The sum of the numbers.'],
  ['templatefile(path: string, vars: map(any)): string', 'A file read as a template, with these variables.'],
  [
    'templatestring(template: string, vars: map(any)): string',
    'A text that comes from elsewhere, read as a template with these variables.',
  ],
  [
    'textdecodebase64(source: string, encoding: string): string',
    'The text whose bytes in an encoding are written in Base64.',
  ],
  [
    'textencodebase64(string: string, encoding: string): string',
    'The bytes of a text in an encoding such as `UTF-16LE`, written in Base64.',
  ],
  ['timeadd(timestamp: string, duration: string): string', 'A time moved by a duration such as `"1h30m"`.'],
  [
    'timecmp(timestamp_a: string, timestamp_b: string): number',
    '-1, 0 or 1, as the first time is before, at or after the second.',
  ],
  ['timestamp(): string', 'The time at which Terraform applies; another one at every run.'],
  ['title(str: string): string', 'The text with each word beginning in upper case.'],
  ['tobool(v: any): bool', 'The value converted to a bool.'],
  ['tolist(v: any): list(any)', 'The value converted to a list.'],
  ['tomap(v: any): map(any)', 'The value converted to a map.'],
  ['tonumber(v: any): number', 'The value converted to a number.'],
  ['toset(v: any): set(any)', 'The value converted to a set: no item twice, and no order.'],
  ['tostring(v: any): string', 'The value converted to a string.'],
  ['transpose(values: map(list(string))): map(list(string))', 'A map from each item to the keys whose lists hold it.'],
  ['trim(str: string, cutset: string): string', 'The text without these characters at its beginning and end.'],
  ['trimprefix(str: string, prefix: string): string', 'The text without this beginning.'],
  ['trimspace(str: string): string', 'The text without blanks at its beginning and end.'],
  ['trimsuffix(str: string, suffix: string): string', 'The text without this end.'],
  ['try(...expressions: any): any', 'The first expression that can be evaluated without an error.'],
  ['upper(str: string): string', 'The text in upper case.'],
  ['urlencode(str: string): string', 'The text escaped for use in a URL.'],
  ['uuid(): string', 'A random UUID; another one at every run.'],
  ['uuidv5(namespace: string, name: string): string', 'The UUID that follows from a namespace and a name.'],
  ['values(mapping: map(any)): list(any)', 'The values of a map, in the order of its keys.'],
  ['yamldecode(src: string): any', 'The value that a YAML text stands for.'],
  ['yamlencode(value: any): string', 'The value written as YAML.'],
  ['zipmap(keys: list(string), values: list(any)): map(any)', 'A map made of a list of keys and a list of values.'],
];

/** Terraform's built-in functions by name; each is also known as `core::name`. */
export const terraformFunctions: ReadonlyMap<string, TerraformFunction> = new Map(
  FUNCTIONS.map(([signature, text]) => {
    const parsed = parseSignature(signature, text);
    return [parsed.name, parsed];
  }),
);

/** The function that a call names. */
export function functionNamed(name: string): TerraformFunction | undefined {
  return terraformFunctions.get(name.replace(/^core::/, ''));
}

/** The signature as it is shown, and where each parameter stands in it. */
export function signatureOf(found: TerraformFunction): {
  readonly label: string;
  readonly parameters: readonly string[];
} {
  const parameters = found.parameters.map(({ name, type }) => `${name}: ${type}`);
  if (found.variadic) parameters.push(`...${found.variadic.name}: ${found.variadic.type}`);
  return { label: `${found.name}(${parameters.join(', ')}): ${found.returns}`, parameters };
}

function parseSignature(signature: string, text: string): TerraformFunction {
  const open = signature.indexOf('(');
  const close = signature.lastIndexOf('): ');
  const parameters: FunctionParameter[] = [];
  let variadic: FunctionParameter | undefined;
  for (const parameter of signature.slice(open + 1, close).split(', ')) {
    const [name, type] = parameter.split(': ');
    if (!name || !type) continue;
    if (name.startsWith('...')) variadic = { name: name.slice(3), type };
    else parameters.push({ name, type });
  }
  return { name: signature.slice(0, open), parameters, variadic, returns: signature.slice(close + 3), text };
}
