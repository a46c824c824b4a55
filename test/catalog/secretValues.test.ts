import assert from 'node:assert/strict';
import { secretKind } from '../../server/src/patterns/secret-management/secretValues.ts';
import { writtenLines } from '../../server/src/patterns/secret-management/writtenLines.ts';
import { exampleSnapshot, findingsOf } from './exampleWorkspace.ts';

/** Put together here, so that no scanner of this repository takes it for one that was lost. */
const TOKEN = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');

const READINGS: readonly (readonly [name: string, value: string, kind: ReturnType<typeof secretKind>])[] = [
  ['GREETING', TOKEN, 'key'],
  ['DATABASE_PASSWORD', 'T9x!kQ2v8Lmz', 'password'],
  ['PGPASSWORD', 'T9x!kQ2v8Lmz', 'password'],
  ['clientSecret', '3f2b9c1e-8d47-4a60-9e15-7c0a2d4b6f83', 'password'],
  ['DATABASE_URL', 'postgres://cart:w7Gq2LpX9t@cart-db:5432/cart', 'password'],
  ['ConnectionStrings__Cart', 'Server=cart-db;Database=cart;User Id=cart;Password=w7Gq2LpX9t;', 'password'],
  ['DATABASE_PASSWORD', 'postgres', 'word'],
  ['DATABASE_PASSWORD', 'changeme', 'word'],
  ['DATABASE_PASSWORD', '', undefined],
  ['DATABASE_PASSWORD', '$(DATABASE_PASSWORD)', undefined],
  ['DATABASE_PASSWORD', '{{ .Values.password }}', undefined],
  ['DATABASE_PASSWORD', 'ENC[AES256_GCM,data:p673w==,type:str]', undefined],
  ['DATABASE_PASSWORD', 'vault:secret/data/cart#password', undefined],
  ['DATABASE_PASSWORD', '<password>', undefined],
  ['DATABASE_URL', 'postgres://cart:$(DATABASE_PASSWORD)@cart-db:5432/cart', undefined],
  ['DATABASE_URL', 'postgres://cart-db:5432/cart', undefined],
  ['PASSWORD_FILE', '/run/secrets/password', undefined],
  ['PASSWORD_MIN_LENGTH', '12', undefined],
  ['TOKEN_URL', 'https://id.example.com/token', undefined],
  ['AUTH_TOKEN', 'true', undefined],
  ['SECRET_NAME', 'cart-credentials', undefined],
  ['API_KEY', 'API_KEY_VALUE', undefined],
  ['existingSecret', 'cart', undefined],
  ['passwordKey', 'password', undefined],
  ['publicKey', 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A', undefined],
  ['LOG_LEVEL', 'T9x!kQ2v8Lmz', undefined],
  ['keyboard', 'T9x!kQ2v8Lmz', undefined],
];

describe('a literal read as a secret', () => {
  for (const [name, value, kind] of READINGS) {
    it(`${name} = ${value.slice(0, 40)} is ${kind ?? 'none'}`, () => assert.equal(secretKind(name, value), kind));
  }

  it('is found in the lines of every format', () => {
    const text = [
      '# password=commented',
      'spring.datasource.password=one',
      'export TOKEN="two"',
      'password: three # a remark',
      '  "apiKey": "four",',
      'no setting',
    ].join('\n');
    assert.deepEqual(
      [...writtenLines(text)].map(({ name, value }) => `${name} ${value}`),
      ['spring.datasource.password one', 'TOKEN two', 'password three', 'apiKey four'],
    );
  });

  it('is never shown', () => {
    const secret = 'T9x!kQ2v8Lmz';
    const text = [
      `apiVersion: v1\nkind: Pod\nmetadata: { name: cart }\nspec:\n  containers:\n    - name: cart\n      env:\n        - { name: PASSWORD, value: "${secret}" }`,
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cart }\ndata:\n  password: "${secret}"\n  file: |\n    password=${secret}\n    a=b`,
      `apiVersion: v1\nkind: Secret\nmetadata: { name: cart }\nstringData: { password: "${secret}" }\ndata: { token: ${btoa(secret)} }`,
    ].join('\n---\n');
    const findings = findingsOf(exampleSnapshot([{ name: 'cart.yaml', text }]), 'strict').filter(({ rule }) =>
      rule.id.startsWith('secret-management/'),
    );
    assert.equal(findings.length, 5);
    for (const { finding } of findings) assert.ok(!JSON.stringify([finding.message, finding.related]).includes(secret));
  });
});
