provider "vault" {}

locals {
  # What the role of each namespace may read: its SecretStore in deploy/platform/secret-stores.yaml.
  secrets = {
    shop          = ["orders", "catalog", "payments", "shipping", "order-saga", "cache", "stock-cache", "kafka"]
    shop-data     = ["orders", "catalog", "payments", "shipping", "cache", "stock-cache"]
    observability = ["elasticsearch", "jaeger", "kibana", "alertmanager", "pki"]
    node-logging  = ["fluent-bit", "pki"]
  }
}

resource "vault_mount" "shop" {
  path        = "shop"
  type        = "kv-v2"
  description = "Secrets of the shop"
}

# Authenticate: a pod proves by the token of its account who it is.
resource "vault_auth_backend" "kubernetes" {
  type = "kubernetes"
  path = "kubernetes"
}

resource "vault_kubernetes_auth_backend_config" "main" {
  backend         = vault_auth_backend.kubernetes.path
  kubernetes_host = "https://kubernetes.default.svc"
}

resource "vault_kubernetes_auth_backend_role" "namespace" {
  for_each = local.secrets

  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = each.key
  bound_service_account_names      = ["vault-reader"]
  bound_service_account_namespaces = [each.key]
  token_policies                   = [vault_policy.namespace[each.key].name]
  token_ttl                        = 900
  token_max_ttl                    = 3600
}

# Authorize: its own secrets and no others.
resource "vault_policy" "namespace" {
  for_each = local.secrets

  name = "shop-${each.key}"
  policy = join("\n", [for secret in each.value : <<-EOT
    path "${vault_mount.shop.path}/data/${secret}" {
      capabilities = ["read"]
    }
  EOT
  ])
}

# Audit: who read what, and when.
resource "vault_audit" "file" {
  type = "file"

  options = {
    file_path = "/vault/audit/audit.log"
  }
}

# Certificates for names inside the cluster: the Issuer in deploy/observability/certificates.yaml.
resource "vault_mount" "pki" {
  path                      = "pki"
  type                      = "pki"
  description               = "Certificates of the shop's own services"
  default_lease_ttl_seconds = 7776000
  max_lease_ttl_seconds     = 31536000
}

resource "vault_pki_secret_backend_role" "observability" {
  backend          = vault_mount.pki.path
  name             = "observability"
  allowed_domains  = ["observability.svc.cluster.local"]
  allow_subdomains = true
  key_type         = "ec"
  key_bits         = 256
  max_ttl          = "7776000"
}

resource "vault_policy" "cert_manager" {
  name   = "cert-manager"
  policy = <<-EOT
    path "${vault_mount.pki.path}/sign/${vault_pki_secret_backend_role.observability.name}" {
      capabilities = ["create", "update"]
    }
  EOT
}

resource "vault_kubernetes_auth_backend_role" "cert_manager" {
  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = "cert-manager"
  bound_service_account_names      = ["vault-reader"]
  bound_service_account_namespaces = ["observability"]
  audience                         = "vault://observability/internal"
  token_policies                   = [vault_policy.cert_manager.name]
  token_ttl                        = 900
}
