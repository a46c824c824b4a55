provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Application = "shop"
      Environment = var.environment
      ManagedBy   = "terraform"
    }
  }
}

data "aws_caller_identity" "current" {}

locals {
  name = "shop-${var.environment}"

  # One of each kind of subnet in each of three zones. Nodes have 4,094 addresses in each, for their pods.
  zones = {
    a = { zone = "${var.region}a", private = "10.20.0.0/20", public = "10.20.64.0/24", database = "10.20.96.0/24" }
    b = { zone = "${var.region}b", private = "10.20.16.0/20", public = "10.20.65.0/24", database = "10.20.97.0/24" }
    c = { zone = "${var.region}c", private = "10.20.32.0/20", public = "10.20.66.0/24", database = "10.20.98.0/24" }
  }
}
