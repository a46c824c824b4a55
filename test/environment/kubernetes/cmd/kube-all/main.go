// Command kube-all is etcd, the Kubernetes control plane, kubectl, kwok and metrics-server in one executable.
// The components share nearly all of their code, so one executable is a fifth of the size and of the link time
// of seven. The name it is called by (a symbolic link), or else its first argument, picks the component.
package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	_ "time/tzdata" // CronJobs name time zones, and the machine may have no zone database.

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.etcd.io/etcd/server/v3/etcdmain"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	kubectlutil "k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kwokconfig "sigs.k8s.io/kwok/pkg/config"
	kwok "sigs.k8s.io/kwok/pkg/kwok/cmd"
	kwoklog "sigs.k8s.io/kwok/pkg/log"
	kwoksignals "sigs.k8s.io/kwok/pkg/utils/signals"
	metricsserver "sigs.k8s.io/metrics-server/cmd/metrics-server/app"
)

var components = map[string]func(){
	"etcd":                    func() { etcdmain.Main(os.Args) },
	"kubectl":                 runKubectl,
	"kube-apiserver":          func() { runComponent(apiserver.NewAPIServerCommand()) },
	"kube-controller-manager": func() { runComponent(controllermanager.NewControllerManagerCommand()) },
	"kube-scheduler":          func() { runComponent(scheduler.NewSchedulerCommand()) },
	"kwok":                    runKwok,
	"metrics-server":          runMetricsServer,
}

func main() {
	component, found := components[filepath.Base(os.Args[0])]
	if !found && len(os.Args) > 1 {
		component, found = components[os.Args[1]]
		os.Args = os.Args[1:]
	}
	if !found {
		names := slices.Sorted(maps.Keys(components))
		fmt.Fprintf(os.Stderr, "usage: kube-all %s [flags]\n", strings.Join(names, "|"))
		os.Exit(2)
	}
	component()
}

func runComponent(command *cobra.Command) {
	os.Exit(cli.Run(command))
}

func runKubectl() {
	if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
		kubectlutil.CheckErr(err)
	}
}

func runMetricsServer() {
	command := metricsserver.NewMetricsServerCommand(genericapiserver.SetupSignalHandler())
	if err := command.Execute(); err != nil {
		os.Exit(1)
	}
}

// runKwok starts kwok the way its own main function does: its logger and configuration read their flags
// before the command exists. They parse into a flag set of their own, apart from the global one that the
// other components have filled.
func runKwok() {
	pflag.CommandLine = pflag.NewFlagSet("kwok", pflag.ContinueOnError)
	flags := pflag.NewFlagSet("global", pflag.ContinueOnError)
	flags.ParseErrorsAllowlist.UnknownFlags = true
	flags.Usage = func() {}
	ctx, logger := kwoklog.InitFlags(kwoksignals.SetupSignalContext(), flags)
	ctx, err := kwokconfig.InitFlags(ctx, flags)
	if err != nil {
		logger.Error("kwok can't read its configuration", "err", err)
		os.Exit(1)
	}
	command := kwok.NewCommand(ctx)
	command.PersistentFlags().AddFlagSet(flags)
	if err := command.ExecuteContext(ctx); err != nil {
		logger.Error("kwok ended", "err", err)
		os.Exit(1)
	}
}
