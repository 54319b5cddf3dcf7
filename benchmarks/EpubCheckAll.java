import com.adobe.epubcheck.tool.EpubChecker;

/** EPUBCheck with usage messages over many books in one Java: a report of BOOK in BOOK.json.  Run as a source file. */
public class EpubCheckAll {
    public static void main(String[] books) {
        for (String book : books) {
            new EpubChecker().run(new String[] {book, "-u", "--quiet", "--json", book + ".json"});
        }
    }
}
