package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// A schema checks values against a JSON Schema. It knows the keywords that
// connvet-v1.schema.json uses, and fails for others. Properties that a schema
// does not list are errors: the output must not have more than it says.
type schema struct{ root map[string]any }

func (s *schema) check(data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	return s.value("$", s.root, v)
}

// value checks one value at a path.
func (s *schema) value(path string, rule map[string]any, v any) error {
	for _, keyword := range slices.Sorted(maps.Keys(rule)) {
		arg, err := rule[keyword], error(nil)
		switch keyword {
		case "$schema", "$id", "$defs", "title", "description":
		case "$ref":
			name := strings.TrimPrefix(arg.(string), "#/$defs/")
			err = s.value(path, s.root["$defs"].(map[string]any)[name].(map[string]any), v)
		case "type":
			if got := typeName(v); got != arg {
				err = fmt.Errorf("is of type %s, want %s", got, arg)
			}
		case "const":
			if v != arg {
				err = fmt.Errorf("is %v, want %v", v, arg)
			}
		case "enum":
			if !slices.Contains(arg.([]any), v) {
				err = fmt.Errorf("is %v, want one of %v", v, arg)
			}
		case "pattern":
			if !regexp.MustCompile(arg.(string)).MatchString(fmt.Sprint(v)) {
				err = fmt.Errorf("is %v, which does not match %v", v, arg)
			}
		case "minLength":
			if len(fmt.Sprint(v)) < int(arg.(float64)) {
				err = fmt.Errorf("is too short")
			}
		case "minimum":
			if n, ok := v.(float64); ok && n < arg.(float64) {
				err = fmt.Errorf("is %v, less than %v", v, arg)
			}
		case "required":
			err = s.required(arg.([]any), v)
		case "properties":
			err = s.properties(path, arg.(map[string]any), v)
		case "items":
			for i, item := range v.([]any) {
				if err := s.value(fmt.Sprintf("%s[%d]", path, i), arg.(map[string]any), item); err != nil {
					return err
				}
			}
		default:
			err = fmt.Errorf("keyword %s of the schema is not implemented", keyword)
		}
		if err != nil {
			return fmt.Errorf("%s %w", path, err)
		}
	}
	return nil
}

func (s *schema) required(names []any, v any) error {
	for _, name := range names {
		if _, ok := v.(map[string]any)[name.(string)]; !ok {
			return fmt.Errorf("has no %s", name)
		}
	}
	return nil
}

func (s *schema) properties(path string, rules map[string]any, v any) error {
	for name, field := range v.(map[string]any) {
		rule, ok := rules[name].(map[string]any)
		if !ok {
			return fmt.Errorf("has %s, which is not in the schema", name)
		}
		if err := s.value(path+"."+name, rule, field); err != nil {
			return err
		}
	}
	return nil
}

// typeName returns JSON Schema's name for the type of a value.
func typeName(v any) any {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	case float64:
		if v == math.Trunc(v) {
			return "integer"
		}
		return "number"
	}
	return reflect.TypeOf(v).String()
}
