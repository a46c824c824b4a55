variable "region" {
  description = "The AWS region of everything here."
  type        = string
  default     = "eu-central-1"
}

variable "environment" {
  description = "The name of this installation, which every resource carries."
  type        = string
  default     = "production"

  validation {
    condition     = contains(["production", "staging"], var.environment)
    error_message = "The environment is production or staging."
  }
}

variable "vpc_cidr" {
  description = "The addresses of the network. The subnets of main.tf lie within."
  type        = string
  default     = "10.20.0.0/16"
}

variable "kubernetes_version" {
  description = "The minor version of the cluster."
  type        = string
  default     = "1.34"
}

variable "argocd_chart_version" {
  description = "The version of the Argo CD chart."
  type        = string
  default     = "9.1.4"
}

variable "ledger_max_connections" {
  description = "Connections that the ledger admits. Eight pods of payments, the pods of a rollout included, take ten each."
  type        = number
  default     = 200

  validation {
    condition     = var.ledger_max_connections >= 80
    error_message = "Eight pods of payments with ten connections each need 80."
  }
}
