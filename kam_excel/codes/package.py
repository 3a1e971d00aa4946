"""Codes of the file itself: opening, refusing and saving .xlsx and .xlsm packages."""

from kam_excel.codes.registry import code

# Opening ------------------------------------------------------------------------------------

code(
    "FILE_NOT_FOUND",
    "error",
    "找不到文件。",
    "There is no such file.",
    "请检查路径和文件名。",
    "Check the path and the name.",
)
code(
    "FILE_MID_SAVE",
    "error",
    "找不到文件，但旁边有 Excel 保存时的临时文件：Excel 可能正在保存，或保存时中断了。",
    "The file is missing, but a temporary file of Excel is beside it: Excel is saving it now, "
    "or its save was interrupted.",
    "请稍后再试；如仍找不到，请在 Excel 中打开名称为八位十六进制数的文件并另存。",
    "Try again in a moment; if it is still missing, open the file named by eight hex digits in "
    "Excel and save it under the old name.",
)
code(
    "FILE_NOT_A_FILE",
    "error",
    "这不是文件（可能是文件夹）。",
    "This is not a file (a folder, perhaps).",
    "请指定一个工作簿文件。",
    "Name a workbook file.",
)
code(
    "FILE_OWNER",
    "error",
    "这是办公软件的占用标记文件，不是工作簿。",
    "This is the owner file of an office program, not a workbook.",
    "请打开名称中没有“~$”或“.~lock.”的文件。",
    "Open the file whose name lacks “~$” or “.~lock.”.",
)
code(
    "FILE_UNREADABLE",
    "error",
    "无法读取文件：{reason}。",
    "The file cannot be read: {reason}.",
    "请检查读取权限，并确认文件没有被其他程序独占。",
    "Check that you may read it and that no other program keeps it to itself.",
)
code(
    "FILE_EMPTY",
    "error",
    "文件大小为 0，没有任何内容。",
    "The file is empty (zero bytes).",
    "请重新复制或下载该文件，或改用备份。",
    "Copy or download it again, or use a backup.",
)
code(
    "FILE_XLS",
    "error",
    "这是旧版 Excel 97-2003 工作簿（.xls 格式），扩展名不算数。",
    "This is an Excel 97-2003 workbook (.xls), whatever its extension says.",
    "请在 Excel 中另存为“Excel 工作簿 (*.xlsx)”。",
    "Save it in Excel as “Excel Workbook (*.xlsx)”.",
)
code(
    "FILE_ENCRYPTED",
    "error",
    "工作簿设有打开密码，内容已加密。",
    "The workbook is encrypted: it needs a password to open.",
    "请在 Excel 中“文件 > 信息 > 保护工作簿”里清除打开密码后保存。",
    "Remove the password in Excel under File > Info > Protect Workbook and save.",
)
code(
    "FILE_XLSB",
    "error",
    "这是 Excel 二进制工作簿（.xlsb 格式）。",
    "This is a binary workbook (.xlsb).",
    "请在 Excel 中另存为“Excel 工作簿 (*.xlsx)”或“启用宏的工作簿 (*.xlsm)”。",
    "Save it in Excel as .xlsx, or as .xlsm if it has macros.",
)
code(
    "FILE_ODS",
    "error",
    "这是 OpenDocument 表格（.ods 格式）。",
    "This is an OpenDocument spreadsheet (.ods).",
    "请用原程序另存为 .xlsx。",
    "Save it as .xlsx in the program it comes from.",
)
code(
    "FILE_HTML",
    "error",
    "这是网页（HTML），不是工作簿；系统导出的“Excel”文件常常如此。",
    "This is a web page (HTML), not a workbook; exports of business systems often are.",
    "请在 Excel 中打开后另存为 .xlsx。",
    "Open it in Excel and save it as .xlsx.",
)
code(
    "FILE_XML_2003",
    "error",
    "这是“XML 电子表格 2003”文件，不是 .xlsx 工作簿。",
    "This is an “XML Spreadsheet 2003” file, not an .xlsx workbook.",
    "请在 Excel 中打开后另存为 .xlsx。",
    "Open it in Excel and save it as .xlsx.",
)
code(
    "FILE_TEXT",
    "error",
    "这是文本文件（例如 CSV），不是工作簿。",
    "This is a text file (CSV, perhaps), not a workbook.",
    "请在 Excel 中通过“数据 > 从文本/CSV”导入，再另存为 .xlsx。",
    "Import it in Excel with Data > From Text/CSV and save it as .xlsx.",
)
code(
    "FILE_STRICT",
    "error",
    "工作簿混用了“Strict Open XML”与普通格式的名称。",
    "The workbook mixes the names of “Strict Open XML” with the ordinary ones.",
    "请在 Excel 中另存为普通的“Excel 工作簿 (*.xlsx)”。",
    "Save it in Excel as an ordinary “Excel Workbook (*.xlsx)”.",
)
code(
    "FILE_BLANK",
    "error",
    "文件里只有零字节：复制或下载时中断了，或云盘尚未把文件取到本机。",
    "The file holds nothing but zero bytes: a copy or download broke off, or a cloud drive has "
    "not loaded it yet.",
    "请重新复制或下载；云盘文件请先设为“始终保留在此设备上”。",
    "Copy or download it again; on a cloud drive, keep the file on this device first.",
)
code(
    "FILE_GUARDED",
    "error",
    "文件被公司的文档加密系统加密，只有其认可的程序才能看到内容。",
    "The file is encrypted by a document guard, which shows it to the programs that it lists only.",
    "请在加密系统中解密该文件，或请管理员把本程序列为可信程序。",
    "Decrypt it there, or ask the administrator to put this program on the list.",
)
code(
    "FILE_DOCUMENT",
    "error",
    "这是 Word 或 PowerPoint 一类的文档，不是工作簿。",
    "This is a document or a presentation, not a workbook.",
    "如数据在其中的表格里，请复制到 Excel 工作簿中保存。",
    "If the data stand in a table of it, copy them into a workbook.",
)
code(
    "FILE_NUMBERS",
    "error",
    "这是 Apple Numbers（或 Pages、Keynote）文件。",
    "This is a file of Apple Numbers, Pages or Keynote.",
    "请在 Numbers 中选择“文件 > 导出为 > Excel”。",
    "In Numbers, choose File > Export To > Excel.",
)
code(
    "FILE_ARCHIVE",
    "error",
    "这是压缩包，不是工作簿。",
    "This is an archive, not a workbook.",
    "请先解压，再选择其中的工作簿。",
    "Unpack it and choose the workbook in it.",
)
code(
    "FILE_PDF",
    "error",
    "这是 PDF 文件，不是工作簿。",
    "This is a PDF file, not a workbook.",
    "请使用生成它的原工作簿。",
    "Use the workbook that it was made from.",
)
code(
    "FILE_IMAGE",
    "error",
    "这是图片，不是工作簿。",
    "This is a picture, not a workbook.",
    "请使用图片中数据的原工作簿。",
    "Use the workbook that it shows.",
)
code(
    "FILE_OTHER",
    "error",
    "文件内容不是 Excel 工作簿。",
    "The content of the file is not an Excel workbook.",
    "请确认选择的是 .xlsx 或 .xlsm 工作簿。",
    "Make sure that it is an .xlsx or .xlsm workbook.",
)
code(
    "ZIP_DAMAGED",
    "error",
    "文件不完整或已损坏（{reason}）。",
    "The file is incomplete or damaged ({reason}).",
    "请重新复制或下载该文件，或改用备份。",
    "Copy or download it again, or use a backup.",
)
code(
    "ZIP_OVERLAP",
    "error",
    "文件内部的“{part}”与其他部分重叠：文件已损坏，或被人为构造。",
    "The part “{part}” inside the file overlaps another: the file is damaged or was forged.",
    "请不要打开来历不明的文件；如来源可靠，请在 Excel 中修复后另存。",
    "Do not open it if you don't know where it comes from; else let Excel repair and save it.",
)
code(
    "ZIP_ENCRYPTED",
    "error",
    "文件内部的“{part}”已加密。",
    "The part “{part}” inside the file is encrypted.",
    "请用 Excel 重新保存，不要用压缩软件加密。",
    "Save it again with Excel; do not encrypt it with a zip program.",
)
code(
    "ZIP_METHOD",
    "error",
    "文件内部的“{part}”使用了 Excel 不支持的压缩方式。",
    "The part “{part}” inside the file is compressed in a way that Excel does not know.",
    "请在 Excel 中打开并另存。",
    "Open it in Excel and save it again.",
)
code(
    "ZIP_PATH",
    "error",
    "文件内部的“{part}”指向工作簿之外。",
    "The part “{part}” points outside the workbook.",
    "请不要打开来历不明的文件。",
    "Do not open files when you don't know where they come from.",
)
code(
    "ZIP_SYMLINK",
    "error",
    "文件内部的“{part}”是符号链接。",
    "The part “{part}” inside the file is a symbolic link.",
    "请不要打开来历不明的文件。",
    "Do not open files when you don't know where they come from.",
)
code(
    "ZIP_DUPLICATE",
    "error",
    "文件内部的“{part}”出现了两次，无法判断以哪个为准。",
    "The part “{part}” is there twice, and nothing says which one counts.",
    "请在 Excel 中打开，检查内容后另存。",
    "Open it in Excel, check what you see and save it again.",
)
code(
    "ZIP_TOO_LARGE",
    "error",
    "工作簿过大：{size}，上限为 {limit}。",
    "The workbook is too large: {size}, where {limit} is the limit.",
    "请拆分工作簿，或删除不需要的工作表。",
    "Split it, or delete the sheets that are not needed.",
)
code(
    "ZIP_BOMB",
    "error",
    "文件的压缩比异常：{compressed} 字节会展开为 {size} 字节。",
    "The file expands beyond all measure: {compressed} bytes become {size}.",
    "请不要打开来历不明的文件；如来源可靠，请清除大片空白但带格式的单元格后另存。",
    "Do not open it if you don't know where it comes from; else clear large areas of empty "
    "formatted cells and save it again.",
)
code(
    "XML_DTD",
    "error",
    "文件内部的“{part}”含有 DTD 声明，Excel 从不写入这种内容。",
    "The part “{part}” declares a DTD, which Excel never writes.",
    "请不要打开来历不明的文件。",
    "Do not open files when you don't know where they come from.",
)
code(
    "XML_ENCODING",
    "error",
    "文件内部的“{part}”使用了 Excel 不用的字符编码。",
    "The part “{part}” is in a character encoding that Excel never writes.",
    "请在 Excel 中打开并另存。",
    "Open it in Excel and save it again.",
)
code(
    "PART_DAMAGED",
    "error",
    "文件内部的“{part}”已损坏，无法读取。",
    "The part “{part}” inside the file is damaged.",
    "请在 Excel 中打开并修复后另存，或改用备份。",
    "Let Excel repair the file and save it again, or use a backup.",
)
code(
    "PART_MISSING",
    "error",
    "文件内部缺少“{part}”，而其他部分引用了它。",
    "The part “{part}” is missing inside the file, though another one refers to it.",
    "请在 Excel 中打开并修复后另存，或改用备份。",
    "Let Excel repair the file and save it again, or use a backup.",
)
code(
    "PART_TOO_LARGE",
    "error",
    "文件内部的“{part}”过大，无法读取：{size}，上限为 {limit}。",
    "The part “{part}” inside the file is too large to be read: {size}, where {limit} is the "
    "limit.",
    "请在 Excel 中删除多余的名称、样式、条件格式等，另存后再试。",
    "Delete superfluous names, styles, conditional formats and the like in Excel, and save it.",
)
code(
    "STYLE_UNKNOWN",
    "error",
    "有单元格引用了不存在的格式（{table} 第 {number} 项）。",
    "A cell refers to a format that does not exist ({table}, number {number}).",
    "请在 Excel 中打开并修复后另存。",
    "Let Excel repair the file and save it again.",
)

# Hyperlinks, notes, pages --------------------------------------------------------------------

code(
    "HYPERLINK_EMPTY",
    "error",
    "超链接没有地址。",
    "The hyperlink has no address.",
    "请给出网址、文件路径，或“#工作表!A1”。",
    "Give a web address, a file, or a place such as “#Sheet1!A1”.",
)
code(
    "HYPERLINK_TOO_LONG",
    "error",
    "以“{start}”开头的超链接地址或提示有 {length} 个字符，上限为 {limit}。",
    "The address or tip of a hyperlink that starts with “{start}” has {length} characters; "
    "{limit} is the limit.",
    "请缩短它。",
    "Shorten it.",
)
code(
    "HYPERLINK_LIMIT",
    "error",
    "一个工作表最多容纳 {limit} 个超链接。",
    "A sheet holds at most {limit} hyperlinks.",
    "请减少超链接，或分到多个工作表。",
    "Use fewer of them or several sheets.",
)

code(
    "NOTE_THREADED",
    "error",
    "该单元格已有带回复的批注（对话），不能再加备注。",
    "The cell has a threaded comment; it cannot have a note too.",
    "请在 Excel 中把备注内容作为回复写入，或先删除该批注。",
    "Reply to the comment in Excel, or delete it first.",
)
code(
    "NOTES_UNUSUAL",
    "error",
    "“{part}”中备注的存放方式不符合规范（{reason}），为避免损坏没有修改。",
    "The notes in “{part}” are stored in an irregular way ({reason}); they were left alone.",
    "请用 Excel 打开并重新保存该文件。",
    "Open the file in Excel and save it again.",
)

code(
    "PAGE_TEXT_TOO_LONG",
    "error",
    "以“{start}”开头的页眉或页脚有 {length} 个字符，上限为 {limit}。",
    "The header or footer that starts with “{start}” has {length} characters; {limit} is the "
    "limit.",
    "请缩短它。",
    "Shorten it.",
)
code(
    "PAGE_SETUP_REFUSED",
    "error",
    "Excel 没有接受页面设置（{reason}）。",
    "Excel refused the page setup ({reason}).",
    "请确认电脑上装有打印机（虚拟打印机也可以），且工作表没有被保护。",
    "Make sure that a printer is installed (a virtual one will do) and the sheet is unprotected.",
)
code(
    "SPARKLINES_REFUSED",
    "error",
    "Excel 没有接受迷你图（{reason}）。",
    "Excel refused the sparklines ({reason}).",
    "请确认工作表没有被保护，且文件为 .xlsx 或 .xlsm 格式。",
    "Make sure that the sheet is unprotected and the file is an .xlsx or .xlsm one.",
)

# Saving -------------------------------------------------------------------------------------

code(
    "SAVE_OPEN_ELSEWHERE",
    "error",
    "工作簿正在别处打开（{holder}），没有写入任何内容。",
    "The workbook is open elsewhere ({holder}); nothing was written.",
    "请先关闭该工作簿；如确认无人打开，请删除旁边以“~$”或“.~lock.”开头的文件。",
    "Close it there; if nobody has it open, delete the file beside it that begins with “~$” or "
    "“.~lock.”.",
)
code(
    "SAVE_BUSY",
    "error",
    "另一个 kam_excel 进程（{holder}）正在保存该工作簿。",
    "Another run of kam_excel ({holder}) is saving this workbook.",
    "请等它结束后再试。",
    "Wait until it is done and try again.",
)
code(
    "SAVE_ORIGINAL_CHANGED",
    "error",
    "读取之后，工作簿已被他人或其他程序修改；为避免覆盖，没有保存。",
    "The workbook was changed by someone else since it was read; it was not overwritten.",
    "请重新运行，以最新内容为准。",
    "Run again, so that the latest content counts.",
)
code(
    "SAVE_ORIGINAL_GONE",
    "error",
    "读取之后，工作簿已被移动、重命名或删除，没有保存。",
    "The workbook was moved, renamed or deleted since it was read; nothing was saved.",
    "请找回文件后重新运行，或另存为其他文件。",
    "Put the file back and run again, or save under another name.",
)
code(
    "SAVE_READ_ONLY",
    "error",
    "没有写入权限，或文件为只读。",
    "The file is read-only, or you may not write there.",
    "请取消只读属性，或联系管理员开通写入权限，也可以另存到其他位置。",
    "Clear the read-only mark, ask for the right to write, or save somewhere else.",
)
code(
    "SAVE_NO_SPACE",
    "error",
    "磁盘空间或配额不足，没有保存，原文件未改动。",
    "The disk or your quota is full; nothing was saved and the original is as it was.",
    "请清理磁盘空间后再试。",
    "Free some space and try again.",
)
code(
    "SAVE_FAILED",
    "error",
    "保存没有完成：{reason}。",
    "The save did not complete: {reason}.",
    "磁盘上的工作簿是完整的（保存前或保存后的版本）；请检查磁盘和网络后再试。",
    "The workbook on disk is whole, the old one or the new one; check disk and network, then "
    "try again.",
)
code(
    "SAVE_NOT_VERIFIED",
    "error",
    "写出的内容未通过校验（{reason}），没有替换原文件。",
    "What was written failed the check ({reason}); the original was not replaced.",
    "请把该工作簿和这条信息反馈给 kam_excel 的维护者。",
    "Report this message, with the workbook if you can, to the developers of kam_excel.",
)
code(
    "SAVE_SIGNED",
    "error",
    "工作簿带有数字签名，任何修改都会使签名失效，因此没有保存。",
    "The workbook carries a digital signature, which any change would break; it was not saved.",
    "请在 Excel 中删除签名后再运行，完成后重新签名。",
    "Remove the signature in Excel, run again and sign the result.",
)
code(
    "SAVE_HARD_LINK",
    "error",
    "该文件有多个硬链接，替换后其他链接仍会指向旧内容，因此没有保存。",
    "The file has several hard links; the others would go on showing the old content. Not saved.",
    "请先复制成独立的文件，或另存为其他文件。",
    "Make a copy of its own first, or save under another name.",
)
code(
    "SAVE_LINK_CHAIN",
    "error",
    "该路径是指向另一个链接的链接，没有保存。",
    "The path is a link to another link; nothing was saved.",
    "请直接使用工作簿的实际路径。",
    "Use the path of the workbook itself.",
)
code(
    "SAVE_LINK_OUTSIDE",
    "error",
    "该路径是链接，指向工作文件夹之外的 {target}，没有保存。",
    "The path is a link to {target}, outside of the folder worked on; nothing was saved.",
    "请直接使用工作簿的实际路径。",
    "Use the path of the workbook itself.",
)
code(
    "SAVE_OWNER_FILE",
    "error",
    "以“~$”或“.~lock.”开头的是办公软件的占用标记文件，不能作为工作簿保存。",
    "Names that begin with “~$” or “.~lock.” belong to the owner files of office programs.",
    "请换一个文件名。",
    "Choose another name.",
)
code(
    "PICTURE_UNKNOWN",
    "error",
    "该图片不是 PNG、JPEG、GIF 或 BMP，或已损坏。",
    "The picture is no PNG, JPEG, GIF or BMP, or it is damaged.",
    "请先转换为 PNG。",
    "Convert it to PNG first.",
)
