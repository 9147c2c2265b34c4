package pdf

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"regexp"
	"strconv"
	"strings"

	reader "github.com/ledongthuc/pdf"
)

// key decrypts the streams of a file that opens without a password. The reader
// checks the password and decrypts strings; its streams come out wrong where the
// key is shorter than 128 bits, and it trusts their length.
type key struct {
	bytes []byte
	aes   bool
}

// padding takes the place of the empty password.
const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08" +
	"\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// encryption is what the file says of how it is encrypted. It is read from the
// file itself: the reader decrypts the strings in it as if they were text.
func encryption(data []byte, trailer reader.Value) (operand, bool) {
	m := cryptEntry.FindStringSubmatch(trailer.String())
	if m == nil { // it stands in the trailer, which the reader leaves alone
		enc := trailer.Key("Encrypt")
		o := operand{kind: dict}
		for _, k := range []string{"Length", "R", "V", "P"} {
			if v := enc.Key(k); v.Kind() == reader.Integer {
				o.list = append(o.list, operand{kind: name, str: k}, operand{kind: number, num: v.Float64()})
			}
		}
		o.list = append(o.list, operand{kind: name, str: "O"}, operand{kind: text, str: enc.Key("O").RawString()})
		return o, enc.Kind() == reader.Dict
	}
	ref := strings.Fields(m[1])
	head := regexp.MustCompile(`(?:^|[^0-9])` + ref[0] + `\s+` + ref[1] + `\s+obj\b`)
	places := head.FindAllIndex(data, -1)
	if places == nil {
		return operand{}, false
	}
	l := &lexer{data: data, pos: places[len(places)-1][1]}
	o, _, ok := l.next()
	return o, ok && o.kind == dict
}

// newKey makes the key for the empty password.
func newKey(enc operand, id string) *key {
	length, _ := enc.number("Length")
	revision, _ := enc.number("R")
	if length /= 8; length < 5 || length > 16 || revision < 3 {
		length = 5
	}
	version, _ := enc.number("V")
	if version == 4 {
		length = 16
	}
	owner, _ := enc.get("O")
	permissions, _ := enc.number("P")
	p := uint32(permissions)
	h := md5.New()
	h.Write([]byte(padding))
	h.Write([]byte(owner.str))
	h.Write([]byte{byte(p), byte(p >> 8), byte(p >> 16), byte(p >> 24)})
	h.Write([]byte(id))
	sum := h.Sum(nil)
	if revision >= 3 {
		for range 50 {
			next := md5.Sum(sum[:length])
			sum = next[:]
		}
	}
	return &key{bytes: sum[:length], aes: version == 4}
}

// decrypt decrypts the stream of an object.
func (k *key) decrypt(data []byte, number, generation int) []byte {
	material := append([]byte(nil), k.bytes...)
	material = append(material, byte(number), byte(number>>8), byte(number>>16), byte(generation), byte(generation>>8))
	if k.aes {
		material = append(material, "sAlT"...)
	}
	sum := md5.Sum(material)
	own := sum[:min(16, len(k.bytes)+5)]
	if k.aes {
		return decryptAES(data, own)
	}
	c, err := rc4.NewCipher(own)
	if err != nil {
		return nil
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}

func decryptAES(data, own []byte) []byte {
	block, err := aes.NewCipher(own)
	if err != nil || len(data) < 2*aes.BlockSize {
		return nil
	}
	body := data[aes.BlockSize : len(data)-len(data)%aes.BlockSize]
	out := make([]byte, len(body))
	cipher.NewCBCDecrypter(block, data[:aes.BlockSize]).CryptBlocks(out, body)
	if pad := int(out[len(out)-1]); pad >= 1 && pad <= aes.BlockSize {
		out = out[:len(out)-pad]
	}
	return out
}

var objectHead = regexp.MustCompile(`(\d{1,10})\s+(\d{1,5})\s+obj\b`)

// owner returns the object whose stream begins at an offset: its head is the
// last before it.
func owner(data []byte, off int) (number, generation int, ok bool) {
	const far = 64 << 10
	heads := objectHead.FindAllSubmatch(data[max(0, off-far):off], -1)
	if len(heads) == 0 {
		return 0, 0, false
	}
	last := heads[len(heads)-1]
	number, err := strconv.Atoi(string(last[1]))
	if err != nil {
		return 0, 0, false
	}
	generation, err = strconv.Atoi(string(last[2]))
	return number, generation, err == nil
}
