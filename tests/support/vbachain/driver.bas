Option Explicit

' Calls callbacks as Office does, with a control that has a tag. A line of the questions holds the
' workbook's URL, the callback and the tag, with tabs between; answers end with a record separator.

Dim book As Object
Dim answers As Object

Sub Main(questions As String, answered As String)
    Dim files As Object
    files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
    answers = createUnoService("com.sun.star.io.TextOutputStream")
    answers.setOutputStream(files.openFileWrite(answered))
    answers.setEncoding("UTF-8")
    On Error GoTo Failed
    Dim lines As Object, asked, url As String
    lines = createUnoService("com.sun.star.io.TextInputStream")
    lines.setInputStream(files.openFileRead(questions))
    lines.setEncoding("UTF-8")
    Do While Not lines.isEOF()
        asked = Split(lines.readLine(), Chr(9))
        If asked(0) <> url Then ShowBook(asked(0))
        url = asked(0)
        answers.writeString(Answer(asked(1), ControlWith(asked(2))) & Chr(30))
    Loop
    answers.closeOutput()
    StarDesktop.terminate()
    Exit Sub
Failed:
    answers.writeString("failed: " & Error$ & Chr(30))
    answers.closeOutput()
    StarDesktop.terminate()
End Sub

Sub ShowBook(url As String)
    Dim how(1) As New com.sun.star.beans.PropertyValue
    how(0).Name = "Hidden"
    how(0).Value = True
    how(1).Name = "MacroExecutionMode"
    how(1).Value = com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
    If Not IsNull(book) Then book.close(True)
    book = StarDesktop.loadComponentFromURL(url, "_blank", 0, how())
End Sub

Function ControlWith(tag As String) As Object
    ControlWith = createUnoService("com.sun.star.form.component.CommandButton")
    ControlWith.Tag = tag
End Function

Function Answer(callback As String, control As Object) As String
    Dim places, returned
    If InStr(callback, "_Get") > 0 Then
        ScriptOf("KamRibbon." & callback).invoke(Array(control, ""), places, returned)
        Answer = returned(UBound(returned))
    Else
        ScriptOf("KamRibbon." & callback).invoke(Array(control), places, returned)
        Answer = ScriptOf("xlwings.Noted").invoke(Array(), places, returned)
    End If
End Function

Function ScriptOf(name As String) As Object
    Dim place As String
    place = "vnd.sun.star.script:KamExcel." & name & "?language=Basic&location=document"
    ScriptOf = book.getScriptProvider().getScript(place)
End Function
