/** Whole files of valid Terraform in many styles, formatted and not, for tests that need real text. */
export const terraformSamples: readonly string[] = [
  `terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
    random = { source = "hashicorp/random", version = "3.6.0" }
  }

  backend "s3" {
    bucket = "shop-state"
    key    = "network/terraform.tfstate"
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = local.tags
  }
}

provider "aws" {
  alias  = "dns"
  region = "us-east-1"
}
`,
  `variable "region" {
  description = "Region of the shop."
  type        = string
  default     = "eu-central-1"
}

variable "zones" {
  type = map(object({
    cidr   = string
    public = optional(bool, false)
  }))
  default = {
    a = { cidr = "10.0.1.0/24", public = true }
    b = { cidr = "10.0.2.0/24" }
  }

  validation {
    condition     = alltrue([for zone in var.zones : can(cidrhost(zone.cidr, 0))])
    error_message = "Each zone needs a CIDR block, not \${jsonencode(var.zones)}."
  }
}

locals {
  name = "shop-\${var.region}"
  tags = merge(
    { team = "shop" },
    var.region == "eu-central-1" ? { data = "eu" } : {},
  )
  subnets = { for key, zone in var.zones : key => zone.cidr if zone.public }
  grouped = { for subnet in aws_subnet.zone : subnet.availability_zone => subnet.id... }
  count   = length(local.subnets) > 0 ? -1 * 2 + 3 % 2 : 0
  flag    = !(var.region == "x") && true || false
}
`,
  `resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16" # the whole shop
  enable_dns_hostnames = true          // names
  tags                 = local.tags    /* all */
}

resource "aws_subnet" "zone" {
  for_each = var.zones

  vpc_id                  = aws_vpc.main.id
  cidr_block              = each.value.cidr
  map_public_ip_on_launch = each.value.public

  tags = merge(local.tags, {
    Name                     = "\${local.name}-\${each.key}"
    "kubernetes.io/role/elb" = each.value.public ? "1" : null
    (var.region)             = "yes"
  })

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [tags["owner"]]
  }
}

resource "aws_security_group" "web" {
  count  = 2
  vpc_id = aws_vpc.main.id

  dynamic "ingress" {
    for_each = toset([80, 443])
    iterator = port
    content {
      from_port   = port.value
      to_port     = port.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = [
      "0.0.0.0/0",
      "10.0.0.0/8",
    ]
  }
}

output "groups" {
  description = "Ids of the security groups."
  value       = aws_security_group.web[*].id
}

output "first" {
  value = aws_security_group.web.0.id
}

output "legacy" {
  value     = "\${aws_security_group.web.*.arn}"
  sensitive = true
}
`,
  `resource "aws_instance" "node" {
  ami       = data.aws_ami.linux.id
  user_data = <<-EOT
    #!/bin/sh
    echo "hello \${var.region}"
    %{ for key, zone in var.zones ~}
    echo \${key} $\${HOME} %%{ no }
    %{ endfor ~}
    %{ if true }yes%{ else }no%{ endif }
  EOT
  script = <<EOF
  kept   as   it is
EOF

  provisioner "local-exec" {
    when    = destroy
    command = "echo \\"bye\\" \\u0041"
  }
}

data "aws_ami" "linux" {
  most_recent = true
  filter {
    name   = "name"
    values = ["linux-*"]
  }
}

module "network" {
  source  = "./modules/network"
  version = "1.2.3"
  cidr    = cidrsubnet(aws_vpc.main.cidr_block, 8, 1)
  list    = [for s in ["a", "b"] : upper(s)]
  args    = max([1, 2, 3]...)
  nested  = [[1, 2], { a = [true, null] }]
  f       = provider::aws::arn_parse("x")
}

moved {
  from = aws_instance.old
  to   = aws_instance.node
}

import {
  to = aws_instance.node
  id = "i-1"
}

check "health" {
  data "http" "shop" {
    url = "https://shop.example"
  }
  assert {
    condition     = data.http.shop.status_code == 200
    error_message = "down"
  }
}
`,
  `locals{
a=1
  bbb   =   2 # two
    cc=[1,2,
3]
d = {x=1,yy=2
zzz   = 3}
e   = foo( 1,2 )
f=a?b:c
g = ! h
i = - 1
j = a[ 0 ].b [ "c" ]
k = "\${ var.x }"
l = "\${ var.x }-\${upper( "y" )}"


m = [ for x in y:x ]
n = {for x,y in z:x=>y}
}
resource foo bar{}
resource "a"   "b"   {
x{
y{
z=1
}
}
}
`,
];
