package tagger

// What a document on migration names at least.
const (
	migrationMentions = 3
	migrationRate     = 2 // in a thousand words
)

// onMigration says whether the document is on migration at all. The institutions of
// which a constitution has a chapter are none of migration, and a section on
// foreigners in the law of marriage is not what it is about.
func (d *document) onMigration() bool {
	return d.migration >= migrationMentions && float64(d.migration)*1000 >= migrationRate*float64(d.words)
}
