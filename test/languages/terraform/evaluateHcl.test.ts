// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import assert from 'node:assert/strict';
import { contains, formatCidr, overlaps, parseCidr, sizeOf } from '../../../server/src/languages/terraform/cidr.ts';
import { constantFunctions } from '../../../server/src/languages/terraform/constantFunctions.ts';
import { evaluateHcl } from '../../../server/src/languages/terraform/evaluateHcl.ts';
import { type HclValue, isList, isMap, UNKNOWN } from '../../../server/src/languages/terraform/hclValue.ts';
import { parseHcl } from '../../../server/src/languages/terraform/parseHcl.ts';
import { signatureOf, terraformFunctions } from '../../../server/src/languages/terraform/terraformFunctions.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';
import { evaluatedByTerraform, functionsOfTerraform, needTerraform } from './terraformBinary.ts';

function evaluate(expression: string): HclValue {
  const file = parseHcl(new SourceText('file:///main.tf', `a = ${expression}\n`));
  assert.deepEqual(file.problems, [], expression);
  const [item] = file.body.items;
  assert.equal(item?.kind, 'attribute');
  return item?.kind === 'attribute' ? evaluateHcl(item.value) : UNKNOWN;
}

function plain(value: HclValue): unknown {
  if (isList(value)) return value.map(plain);
  if (isMap(value)) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return value === UNKNOWN ? 'UNKNOWN' : value;
}

/** Expressions whose value must be found. */
const KNOWN: readonly string[] = [
  '1 + 2 * 3 - 4 / 2 % 3',
  '"5" + 1',
  '0.1 + 0.2',
  '-(2 - 5)',
  '!true || 1 < 2 && 3 >= 3',
  '1 == "1"',
  'null == null',
  '"a" != "b"',
  'true ? 1 : 2',
  'true ? 1 : "a"',
  'false ? "x" : null',
  '"a${1}b${true}c${2.5}"',
  '"%{ if true }yes%{ else }no%{ endif }"',
  '"%{ for x in [1, 2] ~} ${x} %{ endfor }"',
  '"%{ for k, v in { b = 1, a = 2 } }${k}=${v};%{ endfor }"',
  '[1, "a", null]',
  '{ a = 1, "b" = [2], (lower("C")) = { d = 3 } }',
  '[1, 2, 3][1]',
  '{ a = { b = 5 } }.a.b',
  '{ a = 1 }["a"]',
  '[{ a = 1 }, { a = 2 }][*].a',
  '[{ a = [1] }, { a = [2] }].*.a[0]',
  '[[1], [2]][*][0]',
  '"x"[*]',
  '[for x in [1, 2, 3] : x * 2 if x > 1]',
  '[for k, v in { b = 1, a = 2 } : "${k}${v}"]',
  '{ for i, x in ["a", "b"] : x => i }',
  'abs(-3)',
  'ceil(1.2)',
  'floor(-1.2)',
  'max(1, 5, 3)',
  'min([4, 2]...)',
  'pow(2, 10)',
  'signum(-7)',
  'parseint("ff", 16)',
  'chomp("a\\n\\n")',
  'endswith("abc", "bc")',
  'startswith("abc", "bc")',
  'strcontains("abc", "b")',
  'format("%s-%03d-%v%%", "a", 7, true)',
  'join("-", ["a", "b"], [1])',
  'lower("ABC")',
  'upper("abc")',
  'title("hello wide world")',
  'replace("a.b.c", ".", "-")',
  'split(",", "a,b,,c")',
  'split(",", "")',
  'strrev("abc")',
  'substr("hello", 1, 3)',
  'substr("hello", -3, -1)',
  'trim("xxaxx", "x")',
  'trimprefix("abc", "ab")',
  'trimsuffix("abc", "bc")',
  'trimspace("  a ")',
  'base64encode("hé")',
  'base64decode("aGk=")',
  'urlencode("a b/c?d=é~(x)")',
  'alltrue([true, false])',
  'anytrue([true, false])',
  'alltrue([])',
  'chunklist([1, 2, 3], 2)',
  'coalesce("", "b", "c")',
  'coalescelist([], [1])',
  'compact(["a", "", "b"])',
  'concat([1], [2, 3])',
  'contains(["a", "b"], "b")',
  'distinct(["a", "b", "a"])',
  'element(["a", "b"], 3)',
  'flatten([[1, [2]], 3])',
  'index(["a", "b"], "b")',
  'keys({ b = 1, a = 2 })',
  'values({ b = 1, a = 2 })',
  'length([1, 2])',
  'length({ a = 1 })',
  'length("abc")',
  'lookup({ a = "1" }, "a", "x")',
  'lookup({ a = "1" }, "b", "x")',
  'merge({ a = 1, b = 2 }, { b = 3 })',
  'one(["a"])',
  'one([])',
  'range(3)',
  'range(1, 4)',
  'range(4, 1)',
  'range(0, 10, 4)',
  'reverse([1, 2, 3])',
  'setintersection(["a", "b"], ["b", "c"])',
  'setsubtract(["a", "b"], ["b"])',
  'setunion(["b"], ["a"])',
  'setproduct(["a", "b"], ["c"])',
  'slice(["a", "b", "c"], 1, 3)',
  'sort(["b", "a"])',
  'sum([1, 2, 3.5])',
  'transpose({ a = ["x", "y"], b = ["y"] })',
  'zipmap(["a", "b"], [1, 2])',
  'jsonencode({ b = [1, null, true], a = "<x>&\\n" })',
  'jsondecode("{\\"a\\": [1, {\\"b\\": null}]}")',
  'tostring(5)',
  'tonumber("5.5")',
  'tobool("true")',
  'tolist(["a"])',
  'tolist([1, null])',
  'replace("a/b", "/", "-")',
  'contains(["c", "a"], "b")',
  'sort(["b", "c", "a", "a"])',
  'toset(["b", "a", "b"])',
  'tomap({ a = "x" })',
  'try("a", "b")',
  'can("a")',
  'cidrhost("10.12.112.0/20", 16)',
  'cidrhost("10.12.112.0/20", -1)',
  'cidrhost("fd00:fd12:3456:7890:00a2::/72", 34)',
  'cidrnetmask("172.16.0.0/12")',
  'cidrsubnet("172.16.0.0/12", 4, 2)',
  'cidrsubnet("fd00:fd12:3456:7890::/56", 16, 162)',
  'cidrsubnets("10.1.0.0/16", 4, 4, 8, 4)',
  '<<E\n  x ${1 + 1}\nE\n',
];

/** Expressions whose value must stay unknown: errors, and what is not certain. */
const UNKNOWN_EXPRESSIONS: readonly string[] = [
  'var.x',
  '"a${var.x}"',
  'var.x ? 1 : 2',
  '1 / 0',
  '1 / 3',
  '"a" + 1',
  '[1][5]',
  '{ a = 1 }.b',
  'uuid()',
  'timestamp()',
  'file("x")',
  'regex("a", "abc")',
  'replace("abc", "/b/", "x")',
  'cidrsubnet("10.0.0.0/16", 20, 0)',
  'cidrsubnet("10.0.0.0/16", 4, 16)',
  'cidrhost("10.0.0.0/30", 4)',
  'cidrhost("10.0.0/16", 1)',
  'tonumber("x")',
  'join(",", [var.x])',
  'nothing(1)',
  'format("%s")',
  '9007199254740993 + 1',
  'try(var.x, 1)',
  'contains([[1]], [1])',
  'distinct([[1], [1]])',
  'tolist([1, "a"])',
];

describe('evaluateHcl', () => {
  it('knows every value that it should', () => {
    for (const expression of KNOWN) assert.notEqual(evaluate(expression), UNKNOWN, expression);
  });

  for (const expression of UNKNOWN_EXPRESSIONS) {
    it(`does not claim to know ${expression}`, () => assert.equal(evaluate(expression), UNKNOWN));
  }

  it('keeps what is known of a collection', () => {
    assert.deepEqual(plain(evaluate('{ a = 1, b = [var.x, 2] }')), { a: 1, b: ['UNKNOWN', 2] });
    assert.equal(evaluate('{ a = 1, b = var.x }.a'), 1);
    assert.equal(evaluate('length([var.x, var.y])'), 2);
  });

  it('survives long chains', () => assert.equal(evaluate(`${'1 + '.repeat(20_000)}1`), UNKNOWN));

  it('computes what terraform console computes', function () {
    this.timeout(60_000);
    needTerraform(this);
    const expressions = KNOWN.filter((expression) => !expression.includes('\n'));
    const expected = evaluatedByTerraform(expressions);
    for (const [index, expression] of expressions.entries()) {
      assert.deepEqual(plain(evaluate(expression)), expected[index], expression);
    }
  });

  it('computes only functions that Terraform has', () => {
    for (const name of constantFunctions.keys()) assert.ok(terraformFunctions.has(name), name);
  });

  it('describes the functions as the terraform binary does', function () {
    this.timeout(60_000);
    needTerraform(this);
    const theirs = functionsOfTerraform();
    assert.deepEqual([...terraformFunctions.keys()].sort(), [...theirs.keys()].sort());
    for (const [name, { parameters, variadic }] of theirs) {
      const ours = terraformFunctions.get(name)!;
      assert.deepEqual(
        ours.parameters.map((parameter) => parameter.name),
        parameters,
        name,
      );
      assert.equal(ours.variadic?.name, variadic, name);
      assert.ok(ours.text.endsWith('.'), name);
    }
  });

  it('shows signatures', () => {
    assert.deepEqual(signatureOf(terraformFunctions.get('lookup')!), {
      label: 'lookup(inputMap: map(any), key: string, ...default: any): any',
      parameters: ['inputMap: map(any)', 'key: string', '...default: any'],
    });
  });
});

describe('cidr', () => {
  const block = (text: string) => parseCidr(text)!;

  it('reads and writes blocks', () => {
    assert.equal(formatCidr(block('10.1.2.3/16')), '10.1.0.0/16');
    assert.equal(formatCidr(block('2001:DB8:0:0:1::/64')), '2001:db8::/64');
    assert.equal(sizeOf(block('10.0.0.0/30')), 4n);
    assert.equal(parseCidr('10.1.2.3/16', { strict: true }), undefined);
    assert.notEqual(parseCidr('10.1.0.0/16', { strict: true }), undefined);
  });

  for (const text of [
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    '010.0.0.0/8',
    '256.0.0.0/8',
    '::/129',
    'x/8',
    '',
    '10.0.0.0/08',
    '1.2.3.4::/64',
    '0x7f.1/8',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseCidr(text), undefined));
  }

  it('knows containment and overlap', () => {
    assert.equal(contains(block('10.0.0.0/8'), block('10.1.0.0/16')), true);
    assert.equal(contains(block('10.1.0.0/16'), block('10.0.0.0/8')), false);
    assert.equal(overlaps(block('10.1.0.0/16'), block('10.0.0.0/8')), true);
    assert.equal(overlaps(block('10.0.0.0/24'), block('10.0.1.0/24')), false);
    assert.equal(overlaps(block('0.0.0.0/0'), block('::/0')), false);
  });
});
