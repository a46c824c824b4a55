module slipway/gotemplate

go 1.21
