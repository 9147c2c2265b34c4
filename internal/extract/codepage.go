package extract

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// DecodePage decodes text in a code page of Windows or of DOS, by its number.
// Bytes of a page that is not known are taken for windows-1252.
func DecodePage(page int, data []byte) string {
	return decodeWith(codePage(page), data)
}

func codePage(page int) encoding.Encoding {
	switch page {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	}
	names := map[int]string{
		708: "iso-8859-6", 866: "ibm866", 874: "windows-874", 932: "shift_jis", 936: "gbk", 949: "euc-kr", 950: "big5", 1250: "windows-1250",
		1251: "windows-1251", 1253: "windows-1253", 1254: "windows-1254", 1255: "windows-1255", 1256: "windows-1256",
		1257: "windows-1257", 1258: "windows-1258", 10000: "macintosh", 10007: "x-mac-cyrillic", 65001: "utf-8",
	}
	if e, err := htmlindex.Get(names[page]); err == nil {
		return e
	}
	return charmap.Windows1252
}
