terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> ${1:6.0}"
    }
  }
}

variable "region" {
  description = "The region of every resource."
  type        = string
  default     = "${2:eu-central-1}"
}

provider "aws" {
  region = var.region
}
