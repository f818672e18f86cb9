package preset

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed presets.txt
var presetsText string

// known is what presets.txt says, in its order.
var known = sync.OnceValue(func() []*service {
	services, err := parse(presetsText)
	if err != nil {
		panic("preset: presets.txt: " + err.Error())
	}
	return services
})

// A service is a managed service, with its rows of the table.
type service struct {
	name    string
	presets []Preset
	formula formula // nil is none
	origin  Preset  // what presets that the formula makes share
}

// A tableParser parses statements.
type tableParser struct {
	services []*service
	head     Preset // what presets to come share: service, source, date and note
}

// parse parses a table. Its head says which statements there are.
func parse(text string) ([]*service, error) {
	var p tableParser
	num := 0
	for line := range strings.Lines(text) {
		num++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := p.statement(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", num, err)
		}
	}
	return p.services, nil
}

func (p *tableParser) statement(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	if word == "service" {
		return p.service(rest)
	}
	if len(p.services) == 0 {
		return errors.New("stands before the first service")
	}
	switch word {
	case "source":
		p.head = Preset{Service: p.head.Service, Source: rest}
	case "date":
		p.head.Date = rest
		_, err := time.Parse(time.DateOnly, rest)
		return err
	case "note":
		p.head.Note = rest
	case "formula":
		return p.formula()
	default:
		return p.row(line)
	}
	return nil
}

// last returns the service to which a statement belongs.
func (p *tableParser) last() *service { return p.services[len(p.services)-1] }

func (p *tableParser) service(rest string) error {
	name, title, ok := strings.Cut(rest, ", ")
	if !ok || name == "" || title == "" {
		return errors.New("want service NAME, TITLE")
	}
	if slices.ContainsFunc(p.services, func(s *service) bool { return s.name == name }) {
		return fmt.Errorf("%s is there already", name)
	}
	p.services = append(p.services, &service{name: name})
	p.head = Preset{Service: title}
	return nil
}

func (p *tableParser) formula() error {
	s := p.last()
	s.formula = formulas[s.name]
	if s.formula == nil {
		return fmt.Errorf("%s has no formula", s.name)
	}
	s.origin = p.head
	return p.sourced()
}

// sourced reports if nothing says where a statement comes from.
func (p *tableParser) sourced() error {
	if p.head.Source == "" || p.head.Date == "" {
		return errors.New("has no source and date")
	}
	return nil
}

// row parses SIZE NUMBER HARDWARE.
func (p *tableParser) row(line string) error {
	fields := strings.Fields(line)
	if len(fields) < 3 {
		return errors.New("want SIZE NUMBER HARDWARE")
	}
	s, row := p.last(), p.head
	row.Name = s.name + ":" + fields[0]
	row.Hardware = strings.Join(fields[2:], " ")
	if strings.ToLower(row.Name) != row.Name {
		return fmt.Errorf("%s is not lower case", row.Name)
	}
	if slices.ContainsFunc(s.presets, func(p Preset) bool { return p.Name == row.Name }) {
		return fmt.Errorf("%s is there already", row.Name)
	}
	if err := s.number(&row, fields[1]); err != nil {
		return fmt.Errorf("%s: %w", row.Name, err)
	}
	s.presets = append(s.presets, row)
	return p.sourced()
}

// number sets the number of a row.
func (s *service) number(row *Preset, text string) error {
	if text == "=" {
		return s.compute(row)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return errors.New("want a number of connections, or =")
	}
	row.MaxConnections = n
	return nil
}

// compute sets the number of a row by the formula, which then is part of where
// it comes from.
func (s *service) compute(row *Preset) error {
	if s.formula == nil {
		return fmt.Errorf("%s has no formula", s.name)
	}
	_, memory, _ := strings.Cut(row.Hardware, ", ")
	gib, ok := parseGiB(strings.ToLower(memory))
	if !ok {
		return errors.New("want hardware with a memory, such as 2 vCPU, 8 GiB")
	}
	row.MaxConnections = s.formula(bytesOf(gib))
	row.Estimate = true
	row.Note = s.origin.Note
	row.Source = s.origin.Source + "; memory: " + row.Source
	row.Date = s.origin.Date
	return nil
}
