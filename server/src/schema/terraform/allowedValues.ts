/**
 * Arguments of resources whose values are a closed list that the provider itself checks, and that has not grown for years.
 * Everything else is left to the provider: a list from a text would call a new value wrong.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'aws_vpc.instance_tenancy': ['default', 'dedicated'],
  'aws_lb.load_balancer_type': ['application', 'gateway', 'network'],
  'aws_alb.load_balancer_type': ['application', 'gateway', 'network'],
  'aws_security_group_rule.type': ['ingress', 'egress'],
  'aws_dynamodb_table.billing_mode': ['PROVISIONED', 'PAY_PER_REQUEST'],
  'aws_ecr_repository.image_tag_mutability': [
    'MUTABLE',
    'IMMUTABLE',
    'IMMUTABLE_WITH_EXCLUSION',
    'MUTABLE_WITH_EXCLUSION',
  ],
  'aws_kms_key.key_usage': ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'],
  'aws_nat_gateway.connectivity_type': ['private', 'public'],
};

/** The only values that an argument of a type takes, where that is certain; `depth` is 1 in the type's own block. */
export function allowedValues(type: string, depth: number, argument: string): readonly string[] | undefined {
  if (depth !== 1) return undefined;
  const key = `${type}.${argument}`;
  return Object.hasOwn(ALLOWED, key) ? ALLOWED[key] : undefined;
}
