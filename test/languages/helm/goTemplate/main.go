// Reads a JSON list of templates from standard input and writes for each what text/template/parse makes of it: an error,
// or the tree in the notation of writtenTree.ts.
package main

import (
	"encoding/json"
	"os"
	"sort"
	"strconv"
	"strings"
	"text/template/parse"
)

type result struct {
	Error string `json:"error,omitempty"`
	Tree  string `json:"tree,omitempty"`
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	results := make([]result, len(texts))
	for i, text := range texts {
		results[i] = read(text)
	}
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		panic(err)
	}
}

func read(text string) result {
	trees := map[string]*parse.Tree{}
	tree := parse.New("main")
	tree.Mode = parse.ParseComments | parse.SkipFuncCheck
	parsed, err := tree.Parse(text, "", "", trees)
	if err != nil {
		return result{Error: err.Error()}
	}
	parts := []string{list(parsed.Root)}
	names := []string{}
	for name := range trees {
		if name != "main" {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		parts = append(parts, "define "+strconv.Quote(name)+" "+list(trees[name].Root))
	}
	return result{Tree: strings.Join(parts, "\n")}
}

func list(nodes *parse.ListNode) string {
	if nodes == nil {
		return "[]"
	}
	parts := []string{}
	for _, node := range nodes.Nodes {
		if written := statement(node); written != "" {
			parts = append(parts, written)
		}
	}
	return "[" + strings.Join(parts, " ") + "]"
}

func statement(node parse.Node) string {
	switch n := node.(type) {
	case *parse.TextNode:
		return ""
	case *parse.CommentNode:
		return "(comment)"
	case *parse.ActionNode:
		return "(out " + pipeline(n.Pipe) + ")"
	case *parse.IfNode:
		return branch("if", &n.BranchNode)
	case *parse.WithNode:
		return branch("with", &n.BranchNode)
	case *parse.RangeNode:
		return branch("range", &n.BranchNode)
	case *parse.BreakNode:
		return "(break)"
	case *parse.ContinueNode:
		return "(continue)"
	case *parse.TemplateNode:
		return "(template " + strconv.Quote(n.Name) + " " + pipeline(n.Pipe) + ")"
	}
	return "?"
}

func branch(keyword string, n *parse.BranchNode) string {
	return "(" + keyword + " " + pipeline(n.Pipe) + " " + list(n.List) + " " + list(n.ElseList) + ")"
}

func pipeline(pipe *parse.PipeNode) string {
	if pipe == nil {
		return "nothing"
	}
	written := ""
	for i, variable := range pipe.Decl {
		if i > 0 {
			written += ", "
		}
		written += variable.Ident[0]
	}
	if len(pipe.Decl) > 0 {
		if pipe.IsAssign {
			written += " = "
		} else {
			written += " := "
		}
	}
	commands := []string{}
	for _, command := range pipe.Cmds {
		operands := []string{}
		for _, argument := range command.Args {
			operands = append(operands, operand(argument))
		}
		commands = append(commands, strings.Join(operands, " "))
	}
	return "<" + written + strings.Join(commands, " | ") + ">"
}

func operand(node parse.Node) string {
	switch n := node.(type) {
	case *parse.DotNode:
		return "."
	case *parse.NilNode:
		return "nil"
	case *parse.FieldNode:
		return "." + strings.Join(n.Ident, ".")
	case *parse.VariableNode:
		return strings.Join(n.Ident, ".")
	case *parse.IdentifierNode:
		return n.Ident
	case *parse.BoolNode:
		return strconv.FormatBool(n.True)
	case *parse.NumberNode:
		return n.Text
	case *parse.StringNode:
		var written strings.Builder
		encoder := json.NewEncoder(&written)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(n.Text)
		return strings.TrimSuffix(written.String(), "\n")
	case *parse.PipeNode:
		return pipeline(n)
	case *parse.ChainNode:
		return operand(n.Node) + "->" + strings.Join(n.Field, ".")
	}
	return "?"
}
