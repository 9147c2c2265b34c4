package corpus

import (
	"maps"
	"mime"
	"slices"
)

// formats are short names of media types, as file names end.
var formats = map[string]string{
	"application/pdf": "pdf",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   "docx",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         "xlsx",
	"application/vnd.oasis.opendocument.text":                                   "odt",
	"application/vnd.oasis.opendocument.presentation":                           "odp",
	"application/vnd.oasis.opendocument.spreadsheet":                            "ods",
	"application/msword":            "doc",
	"application/vnd.ms-powerpoint": "ppt",
	"application/vnd.ms-excel":      "xls",
	"application/epub+zip":          "epub",
	"application/rtf":               "rtf",
	"text/html":                     "html",
	"text/markdown":                 "md",
	"text/plain":                    "txt",
}

// Format is the short name of the file's format, such as "pdf"; empty when it is
// none that the library reads.
func (o Original) Format() string {
	t, _, err := mime.ParseMediaType(o.MediaType)
	if err != nil {
		return ""
	}
	return formats[t]
}

// Formats lists the short names of the formats that the library reads.
func Formats() []string { return slices.Sorted(maps.Values(formats)) }
