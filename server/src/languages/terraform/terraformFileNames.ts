/** A file of the values of variables, in either syntax. */
export function isValuesFile(uri: string): boolean {
  return /\.tfvars(?:\.json)?$/.test(uri);
}

/** An override file, in either syntax: what it declares changes another declaration. */
export function isOverrideFile(uri: string): boolean {
  return /(?:^|[/_])override\.(?:tf|tofu)(?:\.json)?$/.test(uri);
}

/** A file in Terraform's JSON syntax. */
export function isTerraformJson(uri: string): boolean {
  return /\.(?:tf|tofu|tfvars)\.json$/i.test(uri);
}
